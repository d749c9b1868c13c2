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

    public required string ClientAddress { get; init; }

    public string? CallingStationId { get; init; }

    public required string ServerName { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Seconds, or null for no limit.</summary>
    public long? SessionTimeout { get; set; }

    /// <summary>Seconds, or null for no limit.</summary>
    public long? IdleTimeout { get; set; }

    /// <summary>Class attributes of the Accept, each with its length in front, in their order (RFC 2865 section 5.25).</summary>
    public byte[]? Classes { get; init; }

    public long InputOctets { get; set; }

    public long OutputOctets { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public AcctTerminateCause? TerminateCause { get; set; }
}
