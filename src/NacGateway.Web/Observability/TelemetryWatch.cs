using System.Diagnostics.Tracing;

namespace NacGateway.Web.Observability;

/// <summary>
/// Says in the log when telemetry cannot be sent, which the exporter itself says only to debuggers: a line a minute at most, for a collector
/// that is away fails every batch.
/// </summary>
internal sealed partial class TelemetryWatch(TimeProvider time, ILogger<TelemetryWatch> log) : IHostedService, IDisposable
{
    private const int LongestReason = 500;
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Listener? _listener;
    private long? _loggedAt;
    private long _unlogged;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener = new Listener(Note);
        return Task.CompletedTask;
    }

    /// <summary>Nothing ends here: what is sent last is sent after the stop.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener?.Dispose();

    private void Note(string reason)
    {
        long unlogged;
        lock (_lock)
        {
            if (_loggedAt is { } last && time.GetElapsedTime(last) < s_interval)
            {
                _unlogged++;
                return;
            }

            (_loggedAt, unlogged, _unlogged) = (time.GetTimestamp(), _unlogged, 0);
        }

        Log.NotSent(log, reason.Length <= LongestReason ? reason : reason[..LongestReason], unlogged);
    }

    private static partial class Log
    {
        [LoggerMessage(8600, LogLevel.Warning, "Telemetry could not be sent: {Reason} Check that the collector of Telemetry:OtlpEndpoint runs and takes Telemetry:OtlpProtocol. Since the last such line {Unlogged} more times; the gateway goes on.")]
        public static partial void NotSent(ILogger logger, string reason, long unlogged);
    }

    private sealed class Listener(Action<string> note) : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "OpenTelemetry-Exporter-OpenTelemetryProtocol")
            {
                EnableEvents(eventSource, EventLevel.Warning);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            // Called for what is written while the constructor of the base class still runs, too.
            note?.Invoke(Words(eventData));
        }

        private static string Words(EventWrittenEventArgs written)
        {
            try
            {
                return string.Format(System.Globalization.CultureInfo.InvariantCulture, written.Message ?? written.EventName ?? "", [.. written.Payload ?? []]).ReplaceLineEndings(" ");
            }
            catch (FormatException)
            {
                return written.EventName ?? "";
            }
        }
    }
}
