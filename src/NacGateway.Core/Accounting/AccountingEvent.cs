using System.Net;

namespace NacGateway.Core.Accounting;

/// <summary>What there is to report about one session at one moment, as plain values: accounting knows no session.</summary>
internal sealed record AccountingEvent
{
    public required AcctStatusType Status { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string AcctSessionId { get; init; }

    public required string UserName { get; init; }

    /// <summary>Framed-IP-Address or Framed-IPv6-Address; null when it is not known.</summary>
    public required IPAddress? ClientAddress { get; init; }

    public string? CallingStationId { get; init; }

    public required string ServerName { get; init; }

    public AcctAuthentic Authentic { get; init; } = AcctAuthentic.Radius;

    /// <summary>What the server wants back in every record, verbatim (RFC 2865 section 5.25).</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Classes { get; init; } = [];

    /// <summary>Chargeable-User-Identity (RFC 4372); null when the server gave none.</summary>
    public ReadOnlyMemory<byte>? ChargeableUserIdentity { get; init; }

    /// <summary>Tunnel attributes of the Accept in wire form (RFC 2868 section 3).</summary>
    public ReadOnlyMemory<byte> TunnelAttributes { get; init; }

    /// <summary>Not of a Start.</summary>
    public TimeSpan SessionTime { get; init; }

    /// <summary>Octets from the client (RFC 2866 section 5.3). Not of a Start.</summary>
    public long InputOctets { get; init; }

    /// <summary>Octets to the client (RFC 2866 section 5.4). Not of a Start.</summary>
    public long OutputOctets { get; init; }

    /// <summary>Number of Acct-Terminate-Cause (RFC 2866 section 5.10). Only of a Stop.</summary>
    public uint TerminateCause { get; init; }
}
