namespace NacGateway.Radius.Crypto;

/// <summary>Codes of MS-CHAP-Error that RFC 2759 section 6 names; others occur and are kept as numbers.</summary>
public enum MsChapErrorCode
{
    /// <summary>No code was read.</summary>
    None = 0,

    /// <summary>E=646: outside the hours in which the account may be used.</summary>
    RestrictedLogonHours = 646,

    /// <summary>E=647: the account is disabled.</summary>
    AccountDisabled = 647,

    /// <summary>E=648: the password has expired.</summary>
    PasswordExpired = 648,

    /// <summary>E=649: the account has no dial-in permission.</summary>
    NoDialInPermission = 649,

    /// <summary>E=691: user name or password is wrong.</summary>
    AuthenticationFailure = 691,

    /// <summary>E=709: the password could not be changed.</summary>
    ChangingPasswordFailed = 709,
}
