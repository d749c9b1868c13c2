using Microsoft.AspNetCore.Http;

namespace NacGateway.Benchmarks.Http;

/// <summary>An answer to be given again, octet for octet, by a bare server.</summary>
/// <param name="StatusCode">The status code.</param>
/// <param name="Headers">Header fields that the server does not add by itself.</param>
/// <param name="Body">The body.</param>
internal sealed record SameAnswer(int StatusCode, Dictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The handler of the bare server.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = StatusCode;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        response.ContentLength = Body.Length;
        return response.BodyWriter.WriteAsync(Body).AsTask();
    }

    /// <summary>Takes over what a server answered; what every Kestrel adds by itself is left to Kestrel.</summary>
    public static SameAnswer From(RawAnswer answer) => new(
        answer.StatusCode,
        answer.Headers.Where(header => header.Key is not ("Date" or "Server" or "Content-Length")).ToDictionary(StringComparer.Ordinal),
        answer.Body);
}
