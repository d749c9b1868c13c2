using System.Diagnostics.Metrics;
using NacGateway.Radius.Client;

namespace NacGateway.Core.Authentication;

/// <summary>How the RADIUS servers do, for pages and metrics. A server whose name was never resolved is not among them.</summary>
public sealed class RadiusHealth
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "NacGateway.Radius.Servers";

    private readonly RadiusServers _servers;

    internal RadiusHealth(RadiusServers servers, IMeterFactory meters)
    {
        _servers = servers;
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("nacgateway.radius.server.state", () => Each(server => (long)server.State), "{state}", "State of each server: 0 alive, 1 suspect, 2 dead, 3 coming back.");
        meter.CreateObservableGauge("nacgateway.radius.server.unsigned_allowed", () => Each(server => server.RequiresMessageAuthenticator ? 0 : 1), "{server}", "1 where replies need no Message-Authenticator, and so can be forged (CVE-2024-3596).");
        meter.CreateObservableGauge("nacgateway.radius.server.latency", Latencies, "s", "From first transmission to answer, over the last 512 answers, by percentile.");
        meter.CreateObservableGauge("nacgateway.radius.server.pending", () => Each(server => server.Pending), "{request}", "Requests that wait for an answer.");
        meter.CreateObservableCounter("nacgateway.radius.server.requests", () => Each(server => server.Requests), "{request}", "Requests, retransmissions not counted.");
        meter.CreateObservableCounter("nacgateway.radius.server.retransmissions", () => Each(server => server.Retransmissions), "{datagram}", "Transmissions of a request after its first.");
        meter.CreateObservableCounter("nacgateway.radius.server.timeouts", () => Each(server => server.Timeouts), "{request}", "Requests without an answer.");
        meter.CreateObservableCounter("nacgateway.radius.server.answers", Answers, "{reply}", "Replies that were believed, by kind.");
        meter.CreateObservableCounter("nacgateway.radius.server.drops", Drops, "{datagram}", "Datagrams that were not believed and read past, by reason.");
    }

    /// <summary>A snapshot of each.</summary>
    public IReadOnlyList<ServerHealth> Servers => _servers.Current.All?.Health ?? [];

    private IEnumerable<Measurement<long>> Each(Func<ServerHealth, long> value) => Servers.Select(server => new Measurement<long>(value(server), Tag(server)));

    private IEnumerable<Measurement<double>> Latencies() => Servers.Where(server => server.Latency.Count != 0).SelectMany(server => new[]
    {
        new Measurement<double>(server.Latency.P50.TotalSeconds, Tag(server), new("percentile", "50")),
        new Measurement<double>(server.Latency.P95.TotalSeconds, Tag(server), new("percentile", "95")),
        new Measurement<double>(server.Latency.P99.TotalSeconds, Tag(server), new("percentile", "99")),
    });

    private IEnumerable<Measurement<long>> Answers() => Servers.SelectMany(server => new[]
    {
        new Measurement<long>(server.Accepts, Tag(server), new("kind", "accept")),
        new Measurement<long>(server.Rejects, Tag(server), new("kind", "reject")),
        new Measurement<long>(server.Challenges, Tag(server), new("kind", "challenge")),
        new Measurement<long>(server.ProtocolErrors, Tag(server), new("kind", "protocol_error")),
        new Measurement<long>(server.StatusAnswers, Tag(server), new("kind", "status")),
    });

    private IEnumerable<Measurement<long>> Drops() => Servers.SelectMany(server => server.Drops.Select(drop => new Measurement<long>(drop.Value, Tag(server), new("reason", drop.Key.ToString()))));

    private static KeyValuePair<string, object?> Tag(ServerHealth server) => new("server", server.Name);
}
