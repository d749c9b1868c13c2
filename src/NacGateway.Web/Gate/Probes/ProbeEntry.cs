using System.Text.Json.Serialization;

namespace NacGateway.Web.Gate.Probes;

/// <summary>One row of the probe table, as the file has it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ProbeEntry
{
    /// <summary>Name in messages; unique.</summary>
    public required string Id { get; init; }

    /// <summary>Who asks so; for the reader of the file.</summary>
    public string? Client { get; init; }

    /// <summary>Host names without port, or * for every host.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Paths without query.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Part of the User-Agent that makes a request a probe whatever its host and path.</summary>
    public string? UserAgent { get; init; }

    /// <summary>What the client gets before sign-in.</summary>
    public required ProbeAnswer Answer { get; init; }

    /// <summary>What its host answers when the network is open, for Gate:IsolatedLan; null where only the host itself can tell.</summary>
    public ProbeSuccess? Online { get; init; }

    /// <summary>How it is known; for the reader of the file.</summary>
    public string? Evidence { get; init; }
}
