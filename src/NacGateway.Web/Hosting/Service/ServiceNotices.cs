using System.Globalization;
using Microsoft.Extensions.Hosting.Systemd;

namespace NacGateway.Web.Hosting.Service;

/// <summary>
/// Tells the service manager (sd_notify(3)) how the gateway does: that it needs longer to start while the database is migrated, that the
/// listeners are open, that it is alive, and that it stops.
/// </summary>
internal sealed partial class ServiceNotices(ISystemdNotifier notifier, Liveness liveness, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ServiceNotices> log) : BackgroundService, IHostedLifecycleService
{
    /// <summary>A migration may take this long; who needs longer is stuck.</summary>
    private static readonly TimeSpan s_longestStart = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan s_extension = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _started = new();
    private Task _extending = Task.CompletedTask;

    /// <summary>Half of WATCHDOG_USEC, as sd_watchdog_enabled(3) advises; null where no watchdog is set.</summary>
    public static TimeSpan? Interval(string? microseconds) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
            ? TimeSpan.FromMicroseconds(Math.Max(value / 2, 1000))
            : null;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (notifier.IsEnabled)
        {
            // Before anything else starts, so before the migration.
            Tell("STATUS=Starting");
            _extending = ExtendAsync(cancellationToken);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        // Every part has started, the web server with its listeners among them.
        await _started.CancelAsync();
        await _extending;
        Tell("READY=1\nSTATUS=Listening");
    }

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _started.CancelAsync();
        Tell("STOPPING=1\nSTATUS=Stopping");
    }

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override void Dispose()
    {
        _started.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!notifier.IsEnabled || Interval(Environment.GetEnvironmentVariable("WATCHDOG_USEC")) is not { } interval)
        {
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            do
            {
                if (await liveness.ProblemAsync(interval / 2, stop.Token) is { } problem)
                {
                    Log.NotAlive(log, problem);
                }
                else
                {
                    Tell("WATCHDOG=1");
                }
            }
            while (await timer.WaitForNextTickAsync(stop.Token));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The stop has its own time limit (TimeoutStopSec); systemd looks at no watchdog then.
        }
    }

    private async Task ExtendAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_started.Token, cancellationToken);
        var begun = time.GetTimestamp();
        using var timer = new PeriodicTimer(s_extension / 3, time);
        try
        {
            do
            {
                Tell(string.Create(CultureInfo.InvariantCulture, $"EXTEND_TIMEOUT_USEC={(long)s_extension.TotalMicroseconds}"));
            }
            while (await timer.WaitForNextTickAsync(end.Token) && time.GetElapsedTime(begun) < s_longestStart);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Started, or given up.
        }
    }

    private void Tell(string state)
    {
        try
        {
            notifier.Notify(new ServiceState(state));
        }
        catch (System.Net.Sockets.SocketException exception)
        {
            // The gateway's work does not hang on who watches it; systemd acts by what it does not hear.
            Log.NotTold(log, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9010, LogLevel.Critical, "The gateway is not alive: {Problem}. The service manager is not told otherwise, and will start it anew.")]
        public static partial void NotAlive(ILogger logger, string problem);

        [LoggerMessage(9011, LogLevel.Warning, "The service manager could not be told: {Reason}")]
        public static partial void NotTold(ILogger logger, string reason);
    }
}
