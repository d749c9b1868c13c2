using Microsoft.Extensions.Logging.Console;

namespace NacGateway.Web.Observability;

/// <summary>Registers the log.</summary>
internal static class LogServices
{
    /// <summary>Adds the one destination, standard output, in the configured format and levels.</summary>
    public static ILoggingBuilder AddGatewayLog(this ILoggingBuilder logging, LogOptions options)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Yarp", LogLevel.Warning);
        foreach (var (category, level) in options.LogLevel)
        {
            logging.AddFilter(string.Equals(category, "Default", StringComparison.OrdinalIgnoreCase) ? null : category, level);
        }

        if (options.Format == LogFormat.Json)
        {
            return logging.AddJsonConsole(json => json.UseUtcTimestamp = true);
        }

        logging.AddConsoleFormatter<PlainLogFormatter, ConsoleFormatterOptions>();
        return logging.AddConsole(console => console.FormatterName = PlainLogFormatter.FormatterName);
    }
}
