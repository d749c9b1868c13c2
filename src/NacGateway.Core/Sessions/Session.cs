using NacGateway.Core.Accounting;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>A session as the database keeps it, open or ended.</summary>
internal sealed class Session
{
    public long Id { get; init; }

    /// <summary>Name of the gateway that opened it and alone may change it; several may share the database.</summary>
    public string Owner { get; set; } = GatewayIdentity.DefaultName;

    public required string AcctSessionId { get; init; }

    public required string UserName { get; init; }

    /// <summary>User-Name in the form in which two spellings of one account are the same, for the count of devices.</summary>
    public required string UserKey { get; init; }

    /// <summary>The one that it signed in from, or one that its device has now, where another took that.</summary>
    public required string ClientAddress { get; set; }

    /// <summary>MAC address; null until it is known, and never another.</summary>
    public string? CallingStationId { get; set; }

    public required string ServerName { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Seconds, or null for no limit.</summary>
    public long? SessionTimeout { get; set; }

    /// <summary>Seconds, or null for no limit.</summary>
    public long? IdleTimeout { get; set; }

    /// <summary>Seconds between Interim-Updates, or null for none.</summary>
    public long? InterimInterval { get; set; }

    /// <summary>Bits per second from the client, or null for no limit.</summary>
    public long? UploadRate { get; set; }

    /// <summary>Bits per second to the client, or null for no limit.</summary>
    public long? DownloadRate { get; set; }

    /// <summary>Octets from the client, or null for no limit.</summary>
    public long? InputQuota { get; set; }

    /// <summary>Octets to the client, or null for no limit.</summary>
    public long? OutputQuota { get; set; }

    /// <summary>Octets both ways, or null for no limit.</summary>
    public long? TotalQuota { get; set; }

    /// <summary>Bits per second each way once a quota has been reached, or null for its end then.</summary>
    public long? ThrottleRate { get; set; }

    public string? Role { get; set; }

    /// <summary>Class attributes of the Accept, each with its length in front, in their order (RFC 2865 section 5.25).</summary>
    public byte[]? Classes { get; set; }

    /// <summary>Chargeable-User-Identity of the Accept (RFC 4372 section 2.1).</summary>
    public byte[]? ChargeableUserIdentity { get; set; }

    /// <summary>Tunnel attributes of the Accept in wire form (RFC 2868 section 3).</summary>
    public byte[]? TunnelAttributes { get; set; }

    /// <summary>Whether the server is asked again at Session-Timeout (Termination-Action, RFC 2865 section 5.29).</summary>
    public bool Reauthenticates { get; set; }

    /// <summary>State of the Accept, for when the server is asked again (RFC 2865 section 5.24).</summary>
    public byte[]? State { get; set; }

    /// <summary>What the user is shown on the status page.</summary>
    public string? Message { get; set; }

    /// <summary>What an administrator wrote to the user, until the user has put it away; null for nothing.</summary>
    public string? Notice { get; set; }

    /// <summary>Who authenticated the user.</summary>
    public AcctAuthentic Authentic { get; init; } = AcctAuthentic.Radius;

    public long InputOctets { get; set; }

    public long OutputOctets { get; set; }

    /// <summary>User-Name as typed, where the server returned another one; null where they are the same.</summary>
    public string? TypedName { get; init; }

    /// <summary>When its octets were last recorded, UTC; null before the first time.</summary>
    public DateTimeOffset? ReportedAt { get; set; }

    /// <summary>When it was last seen to carry traffic, as of <see cref="ReportedAt"/>; null for not since its start.</summary>
    public DateTimeOffset? ActiveAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public AcctTerminateCause? TerminateCause { get; set; }
}
