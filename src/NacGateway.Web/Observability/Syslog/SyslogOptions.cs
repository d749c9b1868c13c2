namespace NacGateway.Web.Observability.Syslog;

/// <summary>Settings of what is told to a syslog server: what happens to sessions, refused sign-ins, and every line of the audit trail.</summary>
internal sealed class SyslogOptions
{
    public const string Section = "Syslog";

    /// <summary><c>HOST:PORT</c> of the server, such as <c>log.example.org:6514</c>. Empty, the default: nothing is sent.</summary>
    public string Server { get; set; } = "";

    /// <summary><see cref="SyslogTransport.Udp"/> (default, which every server takes), <see cref="SyslogTransport.Tcp"/> or <see cref="SyslogTransport.Tls"/>, which alone hides who signs in.</summary>
    public SyslogTransport Transport { get; set; } = SyslogTransport.Udp;

    /// <summary>Default <see cref="SyslogFacility.AuthPriv"/>: messages about who may, which servers keep where not everybody reads.</summary>
    public SyslogFacility Facility { get; set; } = SyslogFacility.AuthPriv;

    /// <summary>Whether sessions are told of that begin, change and end. Default true.</summary>
    public bool Sessions { get; set; } = true;

    /// <summary>Whether refused sign-ins are told of. Default true; somebody who guesses passwords makes many.</summary>
    public bool Refusals { get; set; } = true;

    /// <summary>Whether lines of the audit trail are told. Default true; they go before what else waits.</summary>
    public bool Audit { get; set; } = true;

    /// <summary>HOSTNAME, 1 to 255 printable ASCII characters. Default: the machine's name.</summary>
    public string HostName { get; set; } = "";

    /// <summary>APP-NAME, 1 to 48 printable ASCII characters. Default <c>nacgateway</c>.</summary>
    public string AppName { get; set; } = "nacgateway";

    /// <summary>
    /// Private enterprise number behind the names of structured data (RFC 5424 section 6.3.2), 1 to 2147483647. Default 32473, the one for
    /// examples (RFC 5612), because the gateway's makers have none; a site that has one of its own may write it.
    /// </summary>
    public int EnterpriseNumber { get; set; } = 32473;

    /// <summary>TLS: PEM file of the authorities that may have issued the server's certificate. Default: those that the machine trusts.</summary>
    public string TrustedCertificatesFile { get; set; } = "";

    /// <summary>TLS: PEM file with this gateway's own certificate, where the server asks for one. Default: none.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>TLS: PEM file with the key of <see cref="CertificateFile"/>, not encrypted.</summary>
    public string CertificateKeyFile { get; set; } = "";
}
