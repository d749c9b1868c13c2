using System.Text.Json.Serialization;
using NacGateway.Harness.Output;

namespace NacGateway.Harness.Decoding;

/// <summary>What <c>decode</c> found.</summary>
internal sealed record DecodeReport
{
    /// <summary>The packet; of a malformed one what stands before the fault, null when that is nothing.</summary>
    public PacketReport? Packet { get; init; }

    /// <summary>Why it is malformed; null when it is not.</summary>
    public PacketFault? Fault { get; init; }

    /// <summary>Octets behind the packet, which are padding (RFC 2865 section 3).</summary>
    public int Padding { get; init; }

    public IReadOnlyList<PacketCheck> Checks { get; init; } = [];

    /// <summary>Secrets in the clear; null unless they were asked for.</summary>
    public IReadOnlyList<AttributeLine>? Revealed { get; init; }

    /// <summary>Whether the packet is well formed and no check failed.</summary>
    [JsonPropertyOrder(-1)]
    public bool Good => Fault is null && !Checks.Any(check => check.Outcome == CheckOutcome.Wrong);
}
