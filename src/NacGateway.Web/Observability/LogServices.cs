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

        // A stack trace for each request that a destination does not answer, which any client can cause; the gate says it in a line.
        logging.AddFilter("Yarp.ReverseProxy.Forwarder.HttpForwarder", LogLevel.None);

        // While this category writes at all, the host starts an Activity for each request: a tenth of the cost of forwarding, and a
        // traceparent field to servers that are none of ours. Its errors are also those of the server, which are logged.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        foreach (var (category, level) in options.LogLevel)
        {
            logging.AddFilter(string.Equals(category, "Default", StringComparison.OrdinalIgnoreCase) ? null : category, level);
        }

        if (options.Format == LogFormat.Json)
        {
            logging.AddJsonConsole(json => json.UseUtcTimestamp = true);
        }
        else
        {
            logging.AddConsoleFormatter<PlainLogFormatter, ConsoleFormatterOptions>();
            logging.AddConsole(console => console.FormatterName = PlainLogFormatter.FormatterName);
        }

        // The same destination, behind what it is not to get; whichever the format is.
        logging.ClearProviders();
        logging.Services.AddSingleton<ConsoleLoggerProvider>();
        logging.Services.AddSingleton<ILoggerProvider>(services => new HostLineFilter(services.GetRequiredService<ConsoleLoggerProvider>()));
        return logging;
    }
}
