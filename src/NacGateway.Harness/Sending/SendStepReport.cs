using NacGateway.Harness.Output;

namespace NacGateway.Harness.Sending;

/// <summary>One request and its reply, for programs.</summary>
internal sealed record SendStepReport
{
    /// <summary>As sent.</summary>
    public required PacketReport Request { get; init; }

    /// <summary>The reply that may be believed; null when there is none.</summary>
    public PacketReport? Reply { get; init; }

    public required string Status { get; init; }

    /// <summary>From the first datagram to the reply, or to giving up.</summary>
    public required double Milliseconds { get; init; }

    /// <summary>Datagrams sent, retransmissions counted.</summary>
    public required int Sends { get; init; }

    public required IReadOnlyList<PacketCheck> Checks { get; init; }

    /// <summary>What the reply's code and its Error-Cause mean; null where the code says it all.</summary>
    public IReadOnlyList<string>? Meaning { get; init; }

    /// <summary>Datagrams that were not believed, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Drops { get; init; }

    public static SendStepReport Of(SendStep step) => new()
    {
        Request = PacketReport.Of(step.Sent),
        Reply = step.Reply is { } reply ? PacketReport.Of(reply) : null,
        Status = step.Status.ToString(),
        Milliseconds = Math.Round(step.Elapsed.TotalMilliseconds, 3),
        Sends = step.Sends,
        Checks = step.Checks,
        Meaning = step.Reply is { } meant && ReplyMeaning.Of(meant).ToArray() is { Length: > 0 } meaning ? meaning : null,
        Drops = step.Drops.ToDictionary(drop => drop.Key.ToString(), drop => drop.Value, StringComparer.Ordinal),
    };
}
