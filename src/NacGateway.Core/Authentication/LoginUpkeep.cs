using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NacGateway.Core.Authentication;

/// <summary>Before the first sign-in loads the throttle and resolves the servers; then renews both every few minutes.</summary>
internal sealed partial class LoginUpkeep(RadiusServers servers, LoginThrottle throttle, UntriedRecords untried, TimeProvider timeProvider, ILogger<LoginUpkeep> log) : BackgroundService
{
    /// <summary>How soon a change in the name service is followed.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(2);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        servers.WarnOfSettings();
        await throttle.LoadAsync(cancellationToken).ConfigureAwait(false);
        await servers.ResolveAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await servers.ResolveAsync(stoppingToken).ConfigureAwait(false);
                await throttle.PruneAsync(stoppingToken).ConfigureAwait(false);
                await untried.FlushAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.UpkeepFailed(log, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2523, LogLevel.Error, "Renewing the addresses of the RADIUS servers or forgetting old failures failed; it is tried again in two minutes.")]
        public static partial void UpkeepFailed(ILogger logger, Exception exception);
    }
}
