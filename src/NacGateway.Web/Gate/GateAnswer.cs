using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace NacGateway.Web.Gate;

/// <summary>One ready-made answer: status, headers and the bytes of its body. Immutable, shared by all requests.</summary>
internal sealed class GateAnswer
{
    private static readonly StringValues NoStore = "no-store";
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues NoReferrer = "no-referrer";
    private static readonly StringValues Close = "close";

    public required int Status { get; init; }

    public required byte[] Body { get; init; }

    public required StringValues ContentType { get; init; }

    public required StringValues ContentLanguage { get; init; }

    public required StringValues ContentSecurityPolicy { get; init; }

    /// <summary>Link to the portal; empty where the answer has none.</summary>
    public StringValues Link { get; init; }

    /// <summary>Location, for redirects only.</summary>
    public StringValues Location { get; init; }

    /// <summary>Writes the answer without a byte of the request in it. Does not allocate.</summary>
    /// <param name="context">The request; its body is not read.</param>
    /// <param name="close">Ends the connection after the answer.</param>
    public Task WriteAsync(HttpContext context, bool close)
    {
        var response = context.Response;
        var headers = response.Headers;
        response.StatusCode = Status;
        headers.ContentType = ContentType;
        headers.ContentLanguage = ContentLanguage;
        headers.ContentLength = Body.Length;
        headers.CacheControl = NoStore;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = NoSniff;
        headers["Referrer-Policy"] = NoReferrer;
        if (Link.Count != 0)
        {
            headers.Link = Link;
        }

        if (Location.Count != 0)
        {
            headers.Location = Location;
        }

        if (close)
        {
            headers.Connection = Close;
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            return Task.CompletedTask;
        }

        var started = response.StartAsync();
        if (!started.IsCompletedSuccessfully)
        {
            return WriteAfterAsync(started, response);
        }

        response.BodyWriter.Write(Body);
        return Task.CompletedTask;
    }

    private async Task WriteAfterAsync(Task started, HttpResponse response)
    {
        await started;
        response.BodyWriter.Write(Body);
    }
}
