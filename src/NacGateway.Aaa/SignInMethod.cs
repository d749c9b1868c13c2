namespace NacGateway.Aaa;

/// <summary>How a request proves that its user knows the password.</summary>
internal enum SignInMethod
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>User-Password.</summary>
    Pap,

    /// <summary>CHAP-Password.</summary>
    Chap,

    /// <summary>MS-CHAP2-Response.</summary>
    MsChap2,

    /// <summary>In more than one way, which no request may (RFC 2865 section 4.1).</summary>
    Several,
}
