using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>
/// An answer's body that is read in pieces that its session's rate lets pass soon. YARP reads 64 KiB and takes a write of so much that
/// waits longer than Gate:ActivityTimeout for a client that is gone; on a slow session it would never get through.
/// </summary>
internal sealed class PacedContent(HttpContent inner, Meter meter) : HttpContent
{
    /// <summary>Wraps the body of an answer to a session that has a limit. What is upgraded is no body, and is left alone.</summary>
    public static void Apply(HttpContext context, HttpResponseMessage? response)
    {
        if (response is { StatusCode: not HttpStatusCode.SwitchingProtocols }
            && context.Features.Get<IHttpResponseBodyFeature>() is MeteredResponse { Meter.IsFree: false } metered)
        {
            response.Content = new PacedContent(response.Content, metered.Meter);
        }
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new PacedReads(await inner.ReadAsStreamAsync(cancellationToken), meter);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => inner.CopyToAsync(stream, context);

    protected override bool TryComputeLength(out long length)
    {
        length = inner.Headers.ContentLength ?? 0;
        return inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
