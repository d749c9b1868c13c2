namespace NacGateway.Web.Observability.Syslog;

/// <summary>Severities of RFC 5424 section 6.2.1, of which fewer are used.</summary>
internal enum SyslogSeverity
{
    Warning = 4,
    Notice = 5,
    Informational = 6,
}
