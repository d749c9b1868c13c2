using System.Net;
using NacGateway.Harness.Input;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Client;
using NacGateway.Radius.Dictionary;

namespace NacGateway.Harness.Playing;

/// <summary>Who is played, towards whom, for how long. Immutable.</summary>
internal sealed record NasSettings
{
    public required RadiusServerSettings Authentication { get; init; }

    public required RadiusServerSettings Accounting { get; init; }

    /// <summary>The secret of CoA and Disconnect, which come by UDP.</summary>
    public ReadOnlyMemory<byte> DynamicSecret { get; init; }

    public required IReadOnlyList<HarnessUser> Users { get; init; }

    public required AuthMethod Method { get; init; }

    /// <summary>Sessions in all.</summary>
    public required int Sessions { get; init; }

    /// <summary>Length of the whole play.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>Time over which the sign-ins are spread.</summary>
    public required TimeSpan Spread { get; init; }

    /// <summary>Length of each session; null: by chance.</summary>
    public TimeSpan? SessionLength { get; init; }

    /// <summary>Time between Interim-Updates; null: as the Access-Accept says, or none.</summary>
    public TimeSpan? Interim { get; init; }

    /// <summary>Octets a second that each session sends and receives; null: by chance.</summary>
    public long? Rate { get; init; }

    /// <summary>Same seed: same identifiers, arrivals, lengths and counters.</summary>
    public required int Seed { get; init; }

    public required string NasIdentifier { get; init; }

    /// <summary>Longest wait for one answer, retransmissions included.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Where Disconnect- and CoA-Requests are listened for; null for nowhere.</summary>
    public IPEndPoint? DynamicAuthorization { get; init; }

    /// <summary>Attributes that every request carries.</summary>
    public IReadOnlyList<AttributeAssignment> Attributes { get; init; } = [];
}
