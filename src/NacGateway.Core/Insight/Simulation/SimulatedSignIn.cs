using System.Net;
using NacGateway.Core.Policy;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Insight.Simulation;

/// <summary>A sign-in that nobody makes: who, from where, when, and what the server would say.</summary>
public sealed record SimulatedSignIn
{
    /// <summary>User-Name as typed.</summary>
    public required string UserName { get; init; }

    /// <summary>The client's address.</summary>
    public required IPAddress ClientAddress { get; init; }

    /// <summary>The client's MAC address in any spelling; null when it is not known.</summary>
    public string? CallingStationId { get; init; }

    /// <summary>Called-Station-Id; null for the one of the settings.</summary>
    public string? CalledStationId { get; init; }

    /// <summary>The instant; null for now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What the server says.</summary>
    public SimulatedAnswer Answer { get; init; }

    /// <summary>The server that says it.</summary>
    public required string ServerName { get; init; }

    /// <summary>Attributes of its answer.</summary>
    public AttributeList Reply { get; init; } = [];

    /// <summary>Rules that are tried; null for those in force.</summary>
    public AccessPolicy? Policy { get; init; }
}
