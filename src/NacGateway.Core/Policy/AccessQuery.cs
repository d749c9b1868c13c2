using System.Net;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Policy;

/// <summary>All that a decision depends on. A value: the same query under the same rules has the same answer, whoever asks.</summary>
public sealed record AccessQuery
{
    /// <summary>User-Name as it was typed and authenticated; realms are read from it.</summary>
    public required string UserName { get; init; }

    /// <summary>The client's address.</summary>
    public required IPAddress ClientAddress { get; init; }

    /// <summary>The client's MAC address; null when it is not known.</summary>
    public string? CallingStationId { get; init; }

    /// <summary>Called-Station-Id of the request; null when none is sent.</summary>
    public string? CalledStationId { get; init; }

    /// <summary>The instant of the decision.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Zone of time windows that name none.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Attributes of the Access-Accept; null when no server answered.</summary>
    public AttributeList? Reply { get; init; }

    /// <summary>What the Accept grants.</summary>
    public Authorization? Authorization { get; init; }

    /// <summary>This gateway's own limits.</summary>
    public SessionLimits Local { get; init; } = new();

    /// <summary>This gateway's own limit of devices; null when it has none.</summary>
    public DeviceRule? LocalDevices { get; init; }
}
