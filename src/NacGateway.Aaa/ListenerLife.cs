using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa;

/// <summary>
/// The listeners of a server that may crash on purpose and come back on the same ports. Each life begins with nothing remembered.
/// </summary>
internal sealed partial class ListenerLife : IAsyncDisposable
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(100);

    private readonly AaaServerSettings _settings;
    private readonly Func<AaaServerSettings, AaaListeners> _open;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly List<RadiusServerCounters> _counters = [];
    private Task _restart = Task.CompletedTask;
    private bool _isGone;

    /// <summary>Opens the first listeners.</summary>
    /// <exception cref="SocketException">An address cannot be bound.</exception>
    public ListenerLife(AaaServerSettings settings, Func<AaaServerSettings, AaaListeners> open, TimeProvider time, ILogger? logger)
    {
        (_open, _time, _logger) = (open, time, logger ?? NullLogger.Instance);
        Current = open(settings);

        // Back on the same ports, also where the system chose them.
        _settings = settings with
        {
            Authentication = Current.Authentication.EndPoint,
            Accounting = Current.Accounting?.EndPoint,
            Tls = settings.Tls is { } tls ? tls with { Listen = Current.Tls!.EndPoint } : null,
        };
        Remember();
    }

    public AaaListeners Current { get; private set; }

    /// <summary>What all listeners of all lives have counted.</summary>
    public IReadOnlyList<RadiusServerCounters> Counters
    {
        get
        {
            lock (_lock)
            {
                return [.. _counters];
            }
        }
    }

    /// <summary>Told before the listeners of the next life are opened.</summary>
    public Action? Restarting { get; set; }

    /// <summary>Closes all sockets at once and opens them again after a time. Returns at once; it may be called by a listener.</summary>
    public void Crash(TimeSpan away)
    {
        lock (_lock)
        {
            if (_restart.IsCompleted && !_stopping.IsCancellationRequested)
            {
                _restart = Task.Run(() => RestartAsync(away));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task restart;
        lock (_lock)
        {
            restart = _restart;
        }

        await restart;
        if (!_isGone)
        {
            await Current.StopAsync(s_grace);
        }

        _stopping.Dispose();
    }

    private async Task RestartAsync(TimeSpan away)
    {
        Log.Crashed(_logger, away.TotalSeconds);
        await Current.StopAsync(TimeSpan.Zero);
        _isGone = true;
        try
        {
            await Task.Delay(away, _time, _stopping.Token);
            while (true)
            {
                try
                {
                    var next = _open(_settings);
                    Restarting?.Invoke();
                    Current = next;
                    _isGone = false;
                    Remember();
                    next.Start();
                    return;
                }
                catch (SocketException exception)
                {
                    Log.NotBack(_logger, exception.Message);
                }

                await Task.Delay(s_retry, _time, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The end came while it was gone.
        }
    }

    private void Remember()
    {
        lock (_lock)
        {
            _counters.Add(Current.Authentication.Counters);
            if (Current.Accounting is { } accounting)
            {
                _counters.Add(accounting.Counters);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1151, LogLevel.Information, "The scenario lets the server crash; it is back in {Seconds} s")]
        public static partial void Crashed(ILogger logger, double seconds);

        [LoggerMessage(1152, LogLevel.Warning, "The server is not back yet: {Problem} It tries again.")]
        public static partial void NotBack(ILogger logger, string problem);
    }
}
