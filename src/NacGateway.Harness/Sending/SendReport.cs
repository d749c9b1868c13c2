using NacGateway.Harness.Output;

namespace NacGateway.Harness.Sending;

/// <summary>What one exchange of <c>send</c> saw, for programs.</summary>
internal sealed record SendReport
{
    /// <summary>Its place among several, counted from 1; null for the only one.</summary>
    public int? Number { get; init; }

    /// <summary>Whether the outcome is the expected one, and proved.</summary>
    public required bool Good { get; init; }

    /// <summary>accept, reject, challenge, response, ack, nak, protocol-error or none.</summary>
    public required string Outcome { get; init; }

    public required string Expected { get; init; }

    public required string Server { get; init; }

    public required IReadOnlyList<SendStepReport> Steps { get; init; }

    /// <summary>What <c>--expect-attr</c> asked for; null for nothing.</summary>
    public IReadOnlyList<PacketCheck>? Expectations { get; init; }

    /// <summary>Why there is no answer, or what is not as expected; null when all is.</summary>
    public string? Reason { get; init; }
}
