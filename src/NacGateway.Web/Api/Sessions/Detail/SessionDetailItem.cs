using NacGateway.Core.Insight.Search;
using NacGateway.Core.Sessions;

namespace NacGateway.Web.Api.Sessions.Detail;

/// <summary>One session, as it is now. Its names are what users and servers sent.</summary>
public sealed record SessionDetailItem
{
    /// <summary>Acct-Session-Id.</summary>
    public required string Id { get; init; }

    /// <summary>How it stands.</summary>
    public required SessionState State { get; init; }

    /// <summary>User-Name as the server returned it.</summary>
    public required string User { get; init; }

    /// <summary>User-Name as typed, where that is another one.</summary>
    public string? TypedName { get; init; }

    /// <summary>Address of the client.</summary>
    public required string Address { get; init; }

    /// <summary>MAC address; null when it is not known.</summary>
    public string? Mac { get; init; }

    /// <summary>Whether the device made its MAC address up (locally administered), so that it may have another one the next time.</summary>
    public required bool IsPrivateMac { get; init; }

    /// <summary>Server that accepted.</summary>
    public required string Server { get; init; }

    /// <summary>Gateway that opened it.</summary>
    public required string Gateway { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When Session-Timeout ends it; null for never.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>When it ended; null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Acct-Terminate-Cause; null while it is open.</summary>
    public AcctTerminateCause? Cause { get; init; }

    /// <summary>When it last carried traffic; null for not yet.</summary>
    public DateTimeOffset? ActiveAt { get; init; }

    /// <summary>Octets from the client.</summary>
    public required long InputOctets { get; init; }

    /// <summary>Octets to the client.</summary>
    public required long OutputOctets { get; init; }

    /// <summary>Its limits.</summary>
    public required SessionLimitsItem Limits { get; init; }

    /// <summary>Reply-Message of its server.</summary>
    public string? Message { get; init; }

    /// <summary>What an administrator wrote to its user, who has not put it away yet.</summary>
    public string? Notice { get; init; }

    internal static SessionDetailItem Of(SessionRow row) => new()
    {
        Id = row.AcctSessionId,
        State = row.State,
        User = row.UserName,
        TypedName = row.TypedName,
        Address = row.ClientAddress,
        Mac = row.CallingStationId,
        IsPrivateMac = MacAddress.TryParse(row.CallingStationId, out var mac) && mac.IsLocallyAdministered,
        Server = row.ServerName,
        Gateway = row.Gateway,
        StartedAt = row.StartedAt,
        EndsAt = row.EndsAt,
        EndedAt = row.EndedAt,
        Cause = row.Cause,
        ActiveAt = row.ActiveAt,
        InputOctets = row.InputOctets,
        OutputOctets = row.OutputOctets,
        Limits = SessionLimitsItem.Of(row.Limits),
        Message = row.Message,
        Notice = row.Notice,
    };
}
