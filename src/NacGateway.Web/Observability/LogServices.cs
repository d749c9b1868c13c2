using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using NacGateway.Core.Administration.Runtime;

namespace NacGateway.Web.Observability;

/// <summary>Registers the log.</summary>
internal static class LogServices
{
    /// <summary>Adds the levels that are in force, after what the gateway sets itself.</summary>
    public static IServiceCollection AddLogLevels(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<LogOptions>().Bind(settings.GetSection(LogOptions.Section));
        services.AddSingleton<LogLevels>();
        services.AddSingleton<IConfigureOptions<LoggerFilterOptions>>(provided => provided.GetRequiredService<LogLevels>());
        services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(provided => provided.GetRequiredService<LogLevels>());
        return services.AddSingleton<IReadOnlyList<RuntimeSetting>>(provided => [LogLevelSetting.Of(provided.GetRequiredService<LogLevels>())]);
    }

    /// <summary>Adds the one destination, standard output, in the configured format.</summary>
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
