namespace NacGateway.Web.Gate.Forwarding;

/// <summary>
/// Says whether the length of a request's body can be read in one way only. Kestrel lets some through that RFC 9112 calls faulty and
/// reads them its own way; a server behind the gate might read them another way, so they are not passed on.
/// </summary>
internal static class Framing
{
    /// <summary>Where Kestrel keeps a Content-Length that came together with Transfer-Encoding.</summary>
    private const string OverriddenLength = "X-Content-Length";

    /// <summary>True when the request may be forwarded.</summary>
    public static bool IsClear(HttpRequest request)
    {
        var coding = request.Headers.TransferEncoding;
        if (coding.Count == 0)
        {
            return true;
        }

        // 1. RFC 9112 section 6.1: what is coded otherwise than in chunks alone would go on without that coding.
        // 2. Section 6.3: a length beside it ought to be handled as an error.
        // 3. Section 6.1: HTTP/1.0 knows no chunks.
        return coding.Count == 1 && string.Equals(coding[0]?.Trim(), "chunked", StringComparison.OrdinalIgnoreCase)
            && !request.Headers.ContainsKey(OverriddenLength) && request.ContentLength is null
            && !HttpProtocol.IsHttp10(request.Protocol);
    }
}
