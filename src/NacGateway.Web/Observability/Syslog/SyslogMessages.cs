using System.Globalization;
using NacGateway.Core.Audit;
using NacGateway.Core.Sessions;

namespace NacGateway.Web.Observability.Syslog;

/// <summary>Makes the messages about sessions, refused sign-ins and lines of the audit trail.</summary>
internal static class SyslogMessages
{
    public static SyslogMessage Of(SessionNotice notice) => new()
    {
        At = notice.At,
        Severity = SeverityOf(notice),
        Id = notice.Kind switch
        {
            SessionNoticeKind.Opened => "session.opened",
            SessionNoticeKind.Changed => "session.changed",
            SessionNoticeKind.Ended => "session.ended",
            _ => "sign-in.refused",
        },
        Element = new SyslogElement(
            notice.Kind == SessionNoticeKind.Refused ? "sign-in" : "session",
            [
                ("id", notice.AcctSessionId), ("user", notice.UserName), ("client", notice.ClientAddress), ("station", notice.CallingStationId), ("server", notice.ServerName), ("role", notice.Role),
                ("cause", notice.Cause?.ToString()), ("in", Octets(notice, notice.InputOctets)), ("out", Octets(notice, notice.OutputOctets)), ("reason", notice.Reason), ("reference", notice.Reference),
            ]),
        Text = notice.Kind switch
        {
            SessionNoticeKind.Opened => $"Session of {notice.UserName} at {notice.ClientAddress} began, {notice.Text}.",
            SessionNoticeKind.Changed => $"Session of {notice.UserName} at {notice.ClientAddress} was changed: {notice.Text}",
            SessionNoticeKind.Ended => $"Session of {notice.UserName} at {notice.ClientAddress} ended: {notice.Text}",
            _ => $"Sign-in of {notice.UserName ?? "somebody"} at {notice.ClientAddress} was refused: {notice.Text}",
        },
    };

    public static SyslogMessage Of(AuditRecord line) => new()
    {
        At = line.At,
        Severity = line.Outcome == "done" ? SyslogSeverity.Notice : SyslogSeverity.Warning,
        Id = "audit",
        Element = new SyslogElement(
            "audit",
            [
                ("sequence", line.Sequence.ToString(CultureInfo.InvariantCulture)), ("actor", line.Actor), ("role", line.Role), ("source", line.Source), ("action", line.Action),
                ("target", line.Target), ("outcome", line.Outcome), ("hash", Convert.ToHexStringLower(line.Hash)),
            ]),
        Text = $"{line.Actor}: {line.Action}{(line.Target is { } target ? " " + target : "")}, {line.Outcome}{(line.Detail is { } detail ? ": " + detail : "")}",
    };

    /// <summary>What is sent once messages can be sent again, so that whoever reads only there knows.</summary>
    public static SyslogMessage Lost(long lines, long notices, DateTimeOffset at) => new()
    {
        At = at,
        Severity = SyslogSeverity.Warning,
        Id = "syslog.lost",
        Element = new SyslogElement("lost", [("audit", lines.ToString(CultureInfo.InvariantCulture)), ("session", notices.ToString(CultureInfo.InvariantCulture))]),
        Text = string.Create(CultureInfo.InvariantCulture, $"{lines} lines of the audit trail and {notices} messages about sessions were lost before this one: they came faster than they could be sent."),
    };

    /// <summary>A refused user is everyday; a password that could not be checked is not.</summary>
    private static SyslogSeverity SeverityOf(SessionNotice notice) =>
        notice.Kind != SessionNoticeKind.Refused ? SyslogSeverity.Informational
        : notice.Reason is "NoAnswer" or "WrongSecret" or "MissingMessageAuthenticator" or "UnusableAccept" or "StorageUnavailable" ? SyslogSeverity.Warning
        : SyslogSeverity.Notice;

    private static string? Octets(SessionNotice notice, long octets) =>
        notice.Kind == SessionNoticeKind.Refused ? null : octets.ToString(CultureInfo.InvariantCulture);
}
