using NacGateway.Core.Insight.Simulation;

namespace NacGateway.Web.Api.Decisions;

/// <summary>A sign-in to be simulated: who, from where, when, and what the server would say.</summary>
public sealed record SimulationRequest
{
    /// <summary>User-Name as typed.</summary>
    public required string User { get; init; }

    /// <summary>The client's address.</summary>
    public required string Address { get; init; }

    /// <summary>The client's MAC address in any spelling; null when it is not known.</summary>
    public string? Mac { get; init; }

    /// <summary>Called-Station-Id; null for the one of the settings.</summary>
    public string? CalledStationId { get; init; }

    /// <summary>The instant; null for now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What the server says.</summary>
    public SimulatedAnswer Answer { get; init; }

    /// <summary>The server that says it; null for the first.</summary>
    public string? Server { get; init; }

    /// <summary>Attributes of its answer, each as "Session-Timeout = 3600".</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>A kept version of the rules; null for those in force.</summary>
    public int? Version { get; init; }

    /// <summary>Rules to try instead, as the text of a JSON document; null for those in force.</summary>
    public string? Document { get; init; }
}
