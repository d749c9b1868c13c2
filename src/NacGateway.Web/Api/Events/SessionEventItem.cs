using NacGateway.Core.Sessions;

namespace NacGateway.Web.Api.Events;

/// <summary>Something that happened to a session, or a sign-in that was refused. Names in it came from users and servers.</summary>
public sealed record SessionEventItem
{
    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    public required SessionNoticeKind Kind { get; init; }

    /// <summary>The session; null where none came of it.</summary>
    public required string? SessionId { get; init; }

    /// <summary>The user; null where nobody was named.</summary>
    public required string? User { get; init; }

    /// <summary>The client's address.</summary>
    public required string? ClientAddress { get; init; }

    /// <summary>The device's MAC address, as Calling-Station-Id.</summary>
    public required string? CallingStationId { get; init; }

    /// <summary>The RADIUS server that accepted or refused.</summary>
    public required string? Server { get; init; }

    /// <summary>The role in force.</summary>
    public required string? Role { get; init; }

    /// <summary>Why it ended (RFC 2866 section 5.10); null unless it did.</summary>
    public required AcctTerminateCause? Cause { get; init; }

    /// <summary>Octets from the client so far.</summary>
    public required long InputOctets { get; init; }

    /// <summary>Octets to the client so far.</summary>
    public required long OutputOctets { get; init; }

    /// <summary>The reference that a refused person was shown.</summary>
    public required string? Reference { get; init; }

    /// <summary>Which kind of refusal.</summary>
    public required string? Reason { get; init; }

    /// <summary>In words.</summary>
    public required string Text { get; init; }

    internal static SessionEventItem Of(SessionNotice notice) => new()
    {
        At = notice.At,
        Kind = notice.Kind,
        SessionId = notice.AcctSessionId,
        User = notice.UserName,
        ClientAddress = notice.ClientAddress,
        CallingStationId = notice.CallingStationId,
        Server = notice.ServerName,
        Role = notice.Role,
        Cause = notice.Cause,
        InputOctets = notice.InputOctets,
        OutputOctets = notice.OutputOctets,
        Reference = notice.Reference,
        Reason = notice.Reason,
        Text = notice.Text,
    };
}
