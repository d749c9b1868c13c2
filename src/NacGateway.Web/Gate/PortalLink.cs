using NacGateway.Web.Gate.Forwarding;

namespace NacGateway.Web.Gate;

/// <summary>
/// The absolute URL of the portal that 511 and redirects hand out. Hosting publishes it, at the latest when the portal's listener is
/// bound; until then the gate answers 503.
/// </summary>
internal sealed class PortalLink
{
    private volatile Uri? _url;
    private volatile string? _authority;
    private volatile Uri? _landing;

    public PortalLink()
    {
    }

    public PortalLink(Uri url) => Publish(url);

    /// <summary>The portal's URL; null until it is known.</summary>
    public Uri? Url => _url;

    /// <summary>Where redirected probes are led; the portal itself where there is no page for them.</summary>
    public Uri? Landing => _landing ?? _url;

    /// <summary>
    /// The portal's pipeline, so that a client that uses the gate as its proxy reaches the sign-in page with its own address.
    /// Null: the portal is not served through the gate.
    /// </summary>
    public RequestDelegate? Pipeline { get; set; }

    /// <summary>Sets the URL, and the page that redirected probes are led to, if they have one of their own.</summary>
    public void Publish(Uri url, Uri? landing = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps) || url.UserInfo.Length != 0)
        {
            throw new ArgumentException($"'{url}' is no absolute http or https URL without a user name. Set Portal:PublicUrl.", nameof(url));
        }

        _landing = landing is null ? null : Ascii(landing);
        _url = url = Ascii(url);

        // An https portal is not served over the gate's plain HTTP.
        _authority = url.Scheme == Uri.UriSchemeHttp ? url.Authority : null;
    }

    /// <summary>The URL with its host as a resolver is asked for it and as fields of HTTP can carry it (RFC 5890, A-labels).</summary>
    public static Uri Ascii(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return url.HostNameType == UriHostNameType.Dns ? new UriBuilder(url) { Host = url.IdnHost }.Uri : url;
    }

    /// <summary>True when a request names the portal as its destination. Does not allocate.</summary>
    public bool IsAskedFor(HttpRequest request)
    {
        var authority = _authority;
        var host = Destination.HostField(request);
        return authority is not null && host is not null && host.StartsWith(authority, StringComparison.OrdinalIgnoreCase)
            && (host.Length == authority.Length || (_url!.IsDefaultPort && host.AsSpan(authority.Length) is ":80"))
            && !HttpMethods.IsConnect(request.Method);
    }
}
