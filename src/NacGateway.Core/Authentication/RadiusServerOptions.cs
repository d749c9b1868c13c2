using System.ComponentModel;
using NacGateway.Radius.RadSec;

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

    /// <summary>Default <see cref="RadiusTransport.Udp"/>. With <see cref="RadiusTransport.Tls"/> nothing is ever sent by UDP instead.</summary>
    public RadiusTransport Transport { get; set; }

    /// <summary>Port for everything over TLS, 1 to 65535; the other two ports are then not used. Default 2083 (RFC 6614 section 2.1).</summary>
    public int TlsPort { get; set; } = RadSecProtocol.Port;

    /// <summary>TLS: PEM file of this gateway's certificate, intermediates behind it. No default.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>TLS: PEM file of its private key, without passphrase. No default.</summary>
    public string CertificateKeyFile { get; set; } = "";

    /// <summary>TLS: PEM file of the authorities that may have issued the server's certificate; no others are trusted. May be empty beside <see cref="PinnedCertificate"/>.</summary>
    public string TrustedCertificatesFile { get; set; } = "";

    /// <summary>TLS: the name or address that the server's certificate must have among its subjectAltNames (RFC 9525). Default: <see cref="Host"/>.</summary>
    public string ServerName { get; set; } = "";

    /// <summary>TLS: SHA-256 of the server's certificate in hexadecimal (RFC 6614 section 2.3). Beside trusted authorities both must hold; alone it is all that is checked. Default: none.</summary>
    public string PinnedCertificate { get; set; } = "";

    /// <summary>Shared secret, taken as UTF-8 and not trimmed. Either this or <see cref="SecretFile"/>; neither with TLS, whose secret is fixed (RFC 6614 section 2.3).</summary>
    [PasswordPropertyText(true)]
    public string? Secret { get; set; }

    /// <summary>File whose octets are the shared secret; one line end at its end is not part of it. Either this or <see cref="Secret"/>.</summary>
    public string? SecretFile { get; set; }

    /// <summary>Whether replies must carry Message-Authenticator. Default true: without it a man in the middle can turn a Reject into an Accept (CVE-2024-3596).</summary>
    public bool RequireMessageAuthenticator { get; set; } = true;

    /// <summary>Whether the server is asked by Status-Server (RFC 5997) how it does while nothing else tells. Default: as <see cref="RadiusOptions.StatusServer"/>.</summary>
    public bool? StatusServer { get; set; }

    /// <summary>Default <see cref="LoginMethod.Pap"/>.</summary>
    public LoginMethod Method { get; set; }

    /// <summary>Lower is asked first; equal values share the load. Default 0.</summary>
    public int Priority { get; set; }

    /// <summary>Allows <see cref="LoginMethod.MsChapV2"/> over UDP. Default false: whoever sees the datagram can compute the password's hash.</summary>
    public bool AllowMsChapOverUdp { get; set; }
}
