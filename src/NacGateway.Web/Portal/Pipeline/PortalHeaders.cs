using NacGateway.Web.Portal.Pages;

namespace NacGateway.Web.Portal.Pipeline;

/// <summary>The headers that every answer of the portal carries, errors too.</summary>
internal static class PortalHeaders
{
    /// <summary>No script, no frame, no foreign source; the one inlined style sheet by its hash, forms to ourselves only.</summary>
    public static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src {PortalStyle.CspHash}; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void Apply(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "private, no-store";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Not no-referrer: with that, browsers send "Origin: null" with our own forms, and the origin could not be checked.
        headers["Referrer-Policy"] = "same-origin";
    }
}
