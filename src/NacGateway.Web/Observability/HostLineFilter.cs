using Microsoft.Extensions.Logging.Console;

namespace NacGateway.Web.Observability;

/// <summary>Passes all to the console but the host's own line for a start that did not succeed: a stack trace, where Hosting writes the reason and the remedy.</summary>
internal sealed class HostLineFilter(ConsoleLoggerProvider console) : ILoggerProvider, ISupportExternalScope
{
    private const int HostStartFaulted = 11;
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    public ILogger CreateLogger(string categoryName)
    {
        var logger = console.CreateLogger(categoryName);
        return categoryName == HostCategory ? new HostLogger(logger) : logger;
    }

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => console.SetScopeProvider(scopeProvider);

    public void Dispose()
    {
        // The container disposes of the console itself.
    }

    private sealed class HostLogger(ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id != HostStartFaulted)
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
