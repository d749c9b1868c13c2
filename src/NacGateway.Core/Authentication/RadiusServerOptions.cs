namespace NacGateway.Core.Authentication;

/// <summary>One entry of <c>Radius:Servers</c>.</summary>
public sealed class RadiusServerOptions
{
    /// <summary>Name in logs and metrics; unique. No default.</summary>
    public string Name { get; set; } = "";

    /// <summary>Host name or address, IPv4 or IPv6. A name is resolved at start and again every few minutes. No default.</summary>
    public string Host { get; set; } = "";

    /// <summary>Port for Access-Requests, 1 to 65535. Default 1812 (RFC 2865 section 3).</summary>
    public int AuthenticationPort { get; set; } = 1812;

    /// <summary>Port for Accounting-Requests, 1 to 65535. Default 1813 (RFC 2866 section 3).</summary>
    public int AccountingPort { get; set; } = 1813;

    /// <summary>Default <see cref="RadiusTransport.Udp"/>, the only one in this release.</summary>
    public RadiusTransport Transport { get; set; }

    /// <summary>Shared secret, taken as UTF-8 and not trimmed. Either this or <see cref="SecretFile"/>.</summary>
    public string? Secret { get; set; }

    /// <summary>File whose octets are the shared secret; one line end at its end is not part of it. Either this or <see cref="Secret"/>.</summary>
    public string? SecretFile { get; set; }

    /// <summary>Whether replies must carry Message-Authenticator. Default true: without it a man in the middle can turn a Reject into an Accept (CVE-2024-3596).</summary>
    public bool RequireMessageAuthenticator { get; set; } = true;

    /// <summary>Default <see cref="LoginMethod.Pap"/>.</summary>
    public LoginMethod Method { get; set; }

    /// <summary>Lower is asked first; equal values share the load. Default 0.</summary>
    public int Priority { get; set; }

    /// <summary>Allows <see cref="LoginMethod.MsChapV2"/> over UDP. Default false: whoever sees the datagram can compute the password's hash.</summary>
    public bool AllowMsChapOverUdp { get; set; }
}
