using NacGateway.Radius.Client;
using NacGateway.Radius.Transport;

namespace NacGateway.Core.Insight;

/// <summary>Makes the sample of a server from two looks at it.</summary>
internal static class ServerSampling
{
    /// <param name="owner">The gateway.</param>
    /// <param name="at">Begin of the minute.</param>
    /// <param name="now">The server at its end.</param>
    /// <param name="before">The server at its begin; null when it was not there.</param>
    public static ServerSample Of(string owner, DateTimeOffset at, ServerHealth now, ServerHealth? before)
    {
        // Percentiles are over the last answers, however old; in a minute without any they say nothing.
        var isAnswered = Difference(now, before, Answers) > 0 && now.Latency.Count > 0;
        return new ServerSample
        {
            Owner = owner,
            Server = now.Name,
            At = at,
            State = now.State,
            Requests = Difference(now, before, server => server.Requests),
            Timeouts = Difference(now, before, server => server.Timeouts),
            Rejects = Difference(now, before, server => server.Rejects),
            Drops = Difference(now, before, Unbelieved),
            P50 = isAnswered ? now.Latency.P50.TotalMilliseconds : null,
            P95 = isAnswered ? now.Latency.P95.TotalMilliseconds : null,
            P99 = isAnswered ? now.Latency.P99.TotalMilliseconds : null,
        };
    }

    /// <summary>What comes late or twice comes from honest servers too, and is no reason to doubt them.</summary>
    private static long Unbelieved(ServerHealth server) => server.Drops.Where(drop => drop.Key is not (DropReason.UnknownIdentifier or DropReason.Late)).Sum(drop => drop.Value);

    private static long Answers(ServerHealth server) => server.Accepts + server.Rejects + server.Challenges + server.Responses + server.ProtocolErrors + server.StatusAnswers;

    /// <summary>A server whose address has changed begins to count anew.</summary>
    private static int Difference(ServerHealth now, ServerHealth? before, Func<ServerHealth, long> count)
    {
        var (newer, older) = (count(now), before is null ? 0 : count(before));
        return (int)Math.Clamp(newer < older ? newer : newer - older, 0, int.MaxValue);
    }
}
