using System.Net;
using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;

namespace NacGateway.Core.Sessions;

/// <summary>What an Access-Accept has granted, ready to be recorded.</summary>
public sealed record SessionOpening
{
    /// <summary>The Acct-Session-Id that the Access-Request already carried.</summary>
    public required string AcctSessionId { get; init; }

    /// <summary>User-Name, as the Accept returned it or as it was typed.</summary>
    public required string UserName { get; init; }

    /// <summary>User-Name as typed, where the server returned another one; null where they are the same.</summary>
    public string? TypedName { get; init; }

    /// <summary>The client's address.</summary>
    public required IPAddress ClientAddress { get; init; }

    /// <summary>MAC address; null when it is not known.</summary>
    public string? CallingStationId { get; init; }

    /// <summary>Limits in force.</summary>
    public required SessionLimits Limits { get; init; }

    /// <summary>Name of the RADIUS server that accepted.</summary>
    public required string ServerName { get; init; }

    /// <summary>Class attributes of the Accept, verbatim and in order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Classes { get; init; } = [];

    /// <summary>Chargeable-User-Identity of the Accept (RFC 4372 section 2.1); null when it has none.</summary>
    public ReadOnlyMemory<byte>? ChargeableUserIdentity { get; init; }

    /// <summary>Tunnel attributes of the Accept in wire form, for accounting (RFC 2868 section 3).</summary>
    public ReadOnlyMemory<byte> TunnelAttributes { get; init; }

    /// <summary>Whether the server is asked again at Session-Timeout instead of the session's end (RFC 2865 section 5.29).</summary>
    public bool Reauthenticates { get; init; }

    /// <summary>State of the Accept, for when the server is asked again (RFC 2865 section 5.24); null when it has none.</summary>
    public ReadOnlyMemory<byte>? State { get; init; }

    /// <summary>What the user is shown on the status page; null for nothing.</summary>
    public string? Message { get; init; }

    /// <summary>Who authenticated the user.</summary>
    public AcctAuthentic Authentic { get; init; } = AcctAuthentic.Radius;

    /// <summary>The user's devices at once; null for what the settings say.</summary>
    public DeviceRule? Devices { get; init; }

    /// <summary>The decision that led here, recorded with the session; null for none.</summary>
    public PolicyDecision? Decision { get; init; }
}
