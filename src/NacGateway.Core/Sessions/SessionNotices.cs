using NacGateway.Core.Accounting;

namespace NacGateway.Core.Sessions;

/// <summary>Makes the notices of what the session manager has written.</summary>
internal static class SessionNotices
{
    public static SessionNotice Opened(ActiveSession session)
    {
        var (input, output) = session.Traffic.Octets;
        return new SessionNotice
        {
            At = session.StartedAt,
            Kind = SessionNoticeKind.Opened,
            AcctSessionId = session.AcctSessionId,
            UserName = session.UserName,
            ClientAddress = SessionRows.ClientText(session.ClientAddress),
            CallingStationId = session.CallingStationId,
            ServerName = session.ServerName,
            Role = session.Limits.Role,
            InputOctets = input,
            OutputOctets = output,
            Text = $"accepted by {session.ServerName}",
        };
    }

    public static SessionNotice Changed(Session row, ActiveSession? session, SessionChange change, DateTimeOffset at)
    {
        var (input, output) = session?.Traffic.Octets ?? (row.InputOctets, row.OutputOctets);
        return Of(row, SessionNoticeKind.Changed, at) with
        {
            InputOctets = input,
            OutputOctets = output,
            Text = Words(change.Event) ?? "changed",
        };
    }

    public static SessionNotice Ended(Session row, SessionEvent? why)
    {
        var cause = row.TerminateCause ?? AcctTerminateCause.None;
        return Of(row, SessionNoticeKind.Ended, row.EndedAt ?? row.StartedAt) with { Cause = cause, Text = Words(why) ?? cause.ToString() };
    }

    /// <summary>Of a session whose row cannot be read: what its Stop says.</summary>
    public static SessionNotice Ended(AccountingEvent stop, AcctTerminateCause cause) => new()
    {
        At = stop.At,
        Kind = SessionNoticeKind.Ended,
        AcctSessionId = stop.AcctSessionId,
        UserName = stop.UserName,
        ClientAddress = stop.ClientAddress is { } address ? SessionRows.ClientText(address) : null,
        CallingStationId = stop.CallingStationId,
        ServerName = stop.ServerName,
        Cause = cause,
        InputOctets = stop.InputOctets,
        OutputOctets = stop.OutputOctets,
        Text = $"{cause}; its record was damaged",
    };

    private static string? Words(SessionEvent? line) => line is null ? null : $"{line.By}: {line.Text}";

    private static SessionNotice Of(Session row, SessionNoticeKind kind, DateTimeOffset at) => new()
    {
        At = at,
        Kind = kind,
        AcctSessionId = row.AcctSessionId,
        UserName = row.UserName,
        ClientAddress = row.ClientAddress,
        CallingStationId = row.CallingStationId,
        ServerName = row.ServerName,
        Role = row.Role,
        InputOctets = row.InputOctets,
        OutputOctets = row.OutputOctets,
        Text = string.Empty,
    };
}
