using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk.Access;

/// <summary>At the start says how the first administrator is made where there is none, and reads what the throttle counted; then forgets what has ended.</summary>
internal sealed partial class AccessUpkeep(DeskSessions sessions, AdminThrottle throttle, AdministratorAccounts accounts, RadiusSignIn radius, TimeProvider time, ILogger<AccessUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(5);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await throttle.LoadAsync(cancellationToken);
        if (!radius.IsOn && !await accounts.AnyAsync(cancellationToken))
        {
            Log.NobodyMaySignIn(log);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sessions.PruneAsync(stoppingToken);
                await throttle.PruneAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.UpkeepFailed(log, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8000, LogLevel.Warning, "Nobody can sign in at the administrator's desk: there is no local account and no Admin:Roles. Make one: nacgateway admin add NAME")]
        public static partial void NobodyMaySignIn(ILogger logger);

        [LoggerMessage(8001, LogLevel.Error, "Forgetting sessions of administrators that have ended failed; it is tried again in five minutes")]
        public static partial void UpkeepFailed(ILogger logger, Exception exception);
    }
}
