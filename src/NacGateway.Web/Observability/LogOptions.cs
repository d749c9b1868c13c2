namespace NacGateway.Web.Observability;

/// <summary>Settings of the log, which goes to standard output.</summary>
internal sealed class LogOptions
{
    public const string Section = "Logging";

    /// <summary>Category that stands for all that have no line of their own.</summary>
    public const string All = "Default";

    /// <summary>Plain (default) for people and journals, Json for collectors.</summary>
    public LogFormat Format { get; set; } = LogFormat.Plain;

    /// <summary>
    /// Least level by category prefix, <c>Default</c> for all others. Default: Information, and Warning for the framework, whose
    /// per-request lines would only repeat what the gateway's own say.
    /// </summary>
    public IDictionary<string, LogLevel> LogLevel { get; init; } = new Dictionary<string, LogLevel>(StringComparer.OrdinalIgnoreCase);
}
