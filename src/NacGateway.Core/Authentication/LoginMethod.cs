namespace NacGateway.Core.Authentication;

/// <summary>How the password is carried in an Access-Request.</summary>
public enum LoginMethod
{
    /// <summary>User-Password (RFC 2865 section 5.2). The default: it lets the server keep salted hashes.</summary>
    Pap = 0,

    /// <summary>CHAP-Password (RFC 2865 section 5.3); the server must know the clear password.</summary>
    Chap,

    /// <summary>MS-CHAP2-Response (RFC 2548 section 2.3.2); readable by whoever sees the datagram, hence refused over UDP unless allowed.</summary>
    MsChapV2,
}
