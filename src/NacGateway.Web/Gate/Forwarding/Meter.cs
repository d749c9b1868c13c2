using Microsoft.AspNetCore.Http.Features;
using NacGateway.Core.Sessions;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>Counts a session's octets as HTTP/1.1 writes them, and keeps it from becoming idle while they pass.</summary>
internal sealed class Meter(TrafficCounter traffic, TimeProvider time)
{
    private const int Separators = 4; // ": " and CR LF of a field line; also the two spaces and CR LF of a start line.

    /// <summary>Octets from the client.</summary>
    public void Received(long octets) => traffic.Add(octets, 0, time.GetTimestamp());

    /// <summary>Octets to the client.</summary>
    public void Sent(long octets) => traffic.Add(0, octets, time.GetTimestamp());

    /// <summary>Counts the head of a request.</summary>
    public void ReceivedHead(HttpContext context)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        Received(request.Method.Length + request.RawTarget.Length + request.Protocol.Length + Separators + Fields(request.Headers));
    }

    /// <summary>Counts the head of a response.</summary>
    public void SentHead(HttpContext context)
    {
        const int StatusLine = 17; // "HTTP/1.1 200 OK" and CR LF.
        Sent(StatusLine + Fields(context.Response.Headers));
    }

    private static long Fields(IHeaderDictionary headers)
    {
        long octets = 2;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                octets += name.Length + (value?.Length ?? 0) + Separators;
            }
        }

        return octets;
    }
}
