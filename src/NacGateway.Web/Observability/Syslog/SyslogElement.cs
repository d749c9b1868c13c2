namespace NacGateway.Web.Observability.Syslog;

/// <summary>The element of structured data (RFC 5424 section 6.3) that a message has of its own.</summary>
/// <param name="Name">The part of SD-ID before <c>@</c>.</param>
/// <param name="Parameters">Names and values; those without a value are left out.</param>
internal sealed record SyslogElement(string Name, IReadOnlyList<(string Name, string? Value)> Parameters);
