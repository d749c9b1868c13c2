using NacGateway.Core.Insight.Search;
using NacGateway.Core.Sessions;

namespace NacGateway.Web.Api.Sessions;

/// <summary>A session, open or ended. Its names came from users and servers.</summary>
public sealed record SessionItem
{
    /// <summary>Acct-Session-Id.</summary>
    public required string Id { get; init; }

    /// <summary>User-Name as the server returned it, or as typed.</summary>
    public required string User { get; init; }

    /// <summary>User-Name as typed, where the server returned another one.</summary>
    public string? TypedName { get; init; }

    /// <summary>How it stands.</summary>
    public required SessionState State { get; init; }

    /// <summary>Role; several are parted by commas.</summary>
    public string? Role { get; init; }

    /// <summary>Address of the client.</summary>
    public required string Address { get; init; }

    /// <summary>MAC address; null when it is not known.</summary>
    public string? Mac { get; init; }

    /// <summary>Whether the device made its MAC address up (locally administered), so that it may have another one the next time.</summary>
    public required bool IsPrivateMac { get; init; }

    /// <summary>RADIUS server that accepted.</summary>
    public required string Server { get; init; }

    /// <summary>Gateway that opened it.</summary>
    public required string Gateway { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When its Session-Timeout ends it; null for never.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>When it ended; null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended; null while it is open.</summary>
    public AcctTerminateCause? Cause { get; init; }

    /// <summary>When it last carried traffic; null for not yet.</summary>
    public DateTimeOffset? ActiveAt { get; init; }

    /// <summary>Octets to the client.</summary>
    public required long DownloadedOctets { get; init; }

    /// <summary>Octets from the client.</summary>
    public required long UploadedOctets { get; init; }

    /// <summary>Bits per second to the client now; null where it is not known.</summary>
    public double? DownloadRate { get; init; }

    /// <summary>Bits per second from the client now; null where it is not known.</summary>
    public double? UploadRate { get; init; }

    internal static SessionItem Of(SessionRow row) => new()
    {
        Id = row.AcctSessionId,
        User = row.UserName,
        TypedName = row.TypedName,
        State = row.State,
        Role = row.Limits.Role,
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
        DownloadedOctets = row.OutputOctets,
        UploadedOctets = row.InputOctets,
        DownloadRate = row.DownloadRate,
        UploadRate = row.UploadRate,
    };
}
