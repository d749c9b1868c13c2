using System.Net;
using NacGateway.Core.Policy;

namespace NacGateway.Core.Sessions;

/// <summary>What an Access-Accept has granted, ready to be recorded.</summary>
public sealed record SessionOpening
{
    /// <summary>The Acct-Session-Id that the Access-Request already carried.</summary>
    public required string AcctSessionId { get; init; }

    /// <summary>User-Name, as the Accept returned it or as it was typed.</summary>
    public required string UserName { get; init; }

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
}
