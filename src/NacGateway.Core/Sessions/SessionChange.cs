using System.Net;
using NacGateway.Core.Policy;

namespace NacGateway.Core.Sessions;

/// <summary>What is to change about one open session. What is null stays as it is.</summary>
public sealed record SessionChange
{
    /// <summary>The session.</summary>
    public required string AcctSessionId { get; init; }

    /// <summary>All its limits from now on, counted from its start.</summary>
    public SessionLimits? Limits { get; init; }

    /// <summary>Limits that the new ones were made from: where others are in force by then, nothing is changed. Null where they replace any.</summary>
    public SessionLimits? Before { get; init; }

    /// <summary>What had been used, where the limits begin anew: see <see cref="ActiveSession.RenewedAfter"/>.</summary>
    public SessionLimits? RenewedAfter { get; init; }

    /// <summary>The address under which it is recorded from now on; its device must have it.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <summary>The MAC address of its device, where it was not known before; a session never changes to another device.</summary>
    public string? CallingStationId { get; init; }

    /// <summary>Every Class from now on (RFC 5176 section 3.6 note 3: they replace the old ones).</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Classes { get; init; }

    /// <summary>Tunnel attributes from now on, in wire form, as a whole (RFC 5176 section 3.6 note 5).</summary>
    public ReadOnlyMemory<byte>? TunnelAttributes { get; init; }

    /// <summary>Shown to the user on the status page.</summary>
    public string? Message { get; init; }

    /// <summary>What an administrator writes to the user, in place of what was written before; an empty one puts it away.</summary>
    public string? Notice { get; init; }

    /// <summary>Whether the server is to be asked again at the end (Termination-Action, RFC 2865 section 5.29).</summary>
    public bool? Reauthenticates { get; init; }

    /// <summary>State for when the server is asked again (RFC 2865 section 5.24); an empty one takes it away.</summary>
    public ReadOnlyMemory<byte>? State { get; init; }

    /// <summary>Line of the session's history; null for none.</summary>
    public SessionEvent? Event { get; init; }
}
