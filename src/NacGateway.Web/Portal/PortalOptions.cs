using System.ComponentModel.DataAnnotations;

namespace NacGateway.Web.Portal;

/// <summary>Settings of the sign-in pages (section <see cref="Section"/>): where they listen, their public address, and what they say about the site.</summary>
public sealed class PortalOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Portal";

    /// <summary>ADDRESS:PORT of the plain-http listener. Default [::]:8081, both IPv4 and IPv6; port 0 picks a free one.</summary>
    [Required]
    public string Listen { get; set; } = "[::]:8081";

    /// <summary>ADDRESS:PORT of the https listener; empty means none, and then the pages are served over http or behind a proxy that ends TLS.</summary>
    public string? ListenHttps { get; set; }

    /// <summary>Certificate chain (PEM) of the https listener; needed when <see cref="ListenHttps"/> is set.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>Private key (PEM) that belongs to <see cref="CertificateFile"/>.</summary>
    public string? CertificateKeyFile { get; set; }

    /// <summary>
    /// Addresses or prefixes of proxies whose connections to the listeners of the portal begin with a PROXY protocol header (version 1 or
    /// 2), before TLS where there is TLS. From these the header is required, from all others it is never read. Default: none.
    /// </summary>
    public IList<string> ProxyProtocolFrom { get; init; } = [];

    /// <summary>The absolute URL that 511, redirects and the API hand out; every absolute link is built from it, never from a Host header. Empty: the address that hosting finds for the bound listener.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Who runs the network, shown beside the logo. Default "NacGateway".</summary>
    [Required]
    [StringLength(60)]
    public string OrganisationName { get; set; } = "NacGateway";

    /// <summary>Name of the network (SSID) as people know it; empty leaves the sentence out.</summary>
    [StringLength(64)]
    public string? NetworkName { get; set; }

    /// <summary>How to reach the service desk, in words or as a telephone number (then it becomes a link); empty leaves it out.</summary>
    [StringLength(120)]
    public string? ServiceDesk { get; set; }

    /// <summary>Where "Continue" leads after sign-in; empty shows no such button. Only http and https.</summary>
    public Uri? ContinueUrl { get; set; }

    /// <summary>Where people change an expired password; empty names only the service desk. Only http and https.</summary>
    public Uri? PasswordUrl { get; set; }

    /// <summary>Whether the terms must be accepted to sign in. Default true: most sites need the record that they were shown.</summary>
    public bool RequireTerms { get; set; } = true;

    /// <summary>Terms of use as plain text, one paragraph a line; empty uses the built-in ones, which exist in every language.</summary>
    [StringLength(8000)]
    public string? Terms { get; set; }

    /// <summary>Whether Reply-Messages are shown, on a rejection and on the status page (RFC 2865 section 5.18), as plain text of at most 200 characters. Default true.</summary>
    public bool ShowReplyMessages { get; set; } = true;

    /// <summary>Language of the pages when the browser asks for none of ours: en, de or ar. Default en.</summary>
    [AllowedValues("en", "de", "ar")]
    public string DefaultLanguage { get; set; } = "en";

    /// <summary>
    /// Whether <c>/captive-api</c> is answered over http, too. RFC 8908 section 4.1 wants https, and devices ask for nothing else; true is for a
    /// proxy in front that ends TLS. Default false.
    /// </summary>
    public bool CaptiveApiOverHttp { get; set; }

    /// <summary>One to change, where this one is in force.</summary>
    internal PortalOptions Copy() => (PortalOptions)MemberwiseClone();
}
