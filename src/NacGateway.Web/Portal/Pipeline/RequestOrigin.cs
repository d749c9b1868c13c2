namespace NacGateway.Web.Portal.Pipeline;

/// <summary>Tells whether a POST was sent by another site's page, as far as the browser says. The token is the real lock; this is the chain on the door.</summary>
internal static class RequestOrigin
{
    public static bool IsForeign(HttpRequest request, string publicHost)
    {
        if (string.Equals(request.Headers["Sec-Fetch-Site"], "cross-site", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // "null" comes from sandboxed mini-browsers and privacy settings too, so it proves nothing.
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !string.Equals(origin, "null", StringComparison.OrdinalIgnoreCase)
            && (!Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                || (!string.Equals(uri.Authority, publicHost, StringComparison.OrdinalIgnoreCase)
                    && !string.Equals(uri.Authority, Authority(request), StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Host and port as an Origin writes them: without the scheme's own port.</summary>
    private static string Authority(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var uri) ? uri.Authority : "";
}
