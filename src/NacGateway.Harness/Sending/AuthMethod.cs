namespace NacGateway.Harness.Sending;

/// <summary>How the password is proved.</summary>
internal enum AuthMethod
{
    /// <summary>User-Password, hidden (RFC 2865 section 5.2).</summary>
    Pap = 0,

    /// <summary>CHAP-Password over the Request Authenticator (RFC 2865 section 5.3).</summary>
    Chap,

    /// <summary>MS-CHAP2-Response, answered by the server's own proof (RFC 2548 section 2.3).</summary>
    MsChapV2,
}
