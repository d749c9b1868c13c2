using NacGateway.Harness.Output;

namespace NacGateway.Harness.Sending;

/// <summary>One request and its reply, for programs.</summary>
internal sealed record SendStepReport
{
    /// <summary>As sent; null when nothing was.</summary>
    public PacketReport? Request { get; init; }

    /// <summary>The reply that may be believed; null when there is none.</summary>
    public PacketReport? Reply { get; init; }

    public required string Status { get; init; }

    /// <summary>From the first datagram to the reply, or to giving up.</summary>
    public required double Milliseconds { get; init; }

    /// <summary>Datagrams sent, retransmissions counted.</summary>
    public required int Sends { get; init; }

    public required IReadOnlyList<PacketCheck> Checks { get; init; }

    /// <summary>Datagrams that were not believed, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Drops { get; init; }

    public static SendStepReport Of(AuthStep step) => new()
    {
        Request = step.Sent is null ? null : PacketReport.Of(step.Sent),
        Reply = step.Result.Reply is { } reply ? PacketReport.Of(reply) : null,
        Status = step.Result.Status.ToString(),
        Milliseconds = Math.Round(step.Result.Elapsed.TotalMilliseconds, 3),
        Sends = step.Result.Sends,
        Checks = step.Checks,
        Drops = step.Drops.ToDictionary(drop => drop.Key.ToString(), drop => drop.Value, StringComparer.Ordinal),
    };
}
