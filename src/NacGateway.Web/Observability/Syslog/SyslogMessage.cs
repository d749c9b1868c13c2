namespace NacGateway.Web.Observability.Syslog;

/// <summary>One message, before it is written. Values and text may be anybody's: what writes them escapes.</summary>
internal sealed record SyslogMessage
{
    public required DateTimeOffset At { get; init; }

    public required SyslogSeverity Severity { get; init; }

    /// <summary>MSGID: what kind of message it is, a constant of at most 32 printable characters.</summary>
    public required string Id { get; init; }

    public required SyslogElement Element { get; init; }

    /// <summary>For people.</summary>
    public required string Text { get; init; }
}
