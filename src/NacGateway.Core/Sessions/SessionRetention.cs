using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Accounting;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>
/// Forgets sessions that ended long ago, with all that is known of them: some at a time, and with a pause between, so that no sign-in waits
/// behind more than one small step. The audit trail is not touched. On a shared database each gateway does it for all.
/// </summary>
internal sealed partial class SessionRetention(IDbContextFactory<GatewayDbContext> contexts, GatewayWriter writer, SessionSettings settings, TimeProvider time, ILogger<SessionRetention> log) : BackgroundService
{
    /// <summary>Sessions of one step.</summary>
    public const int Together = 64;

    private const string Lock = "retention of sessions";

    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    /// <summary>One step.</summary>
    /// <returns>How many sessions went; fewer than <see cref="Together"/> when there are no more.</returns>
    internal async Task<int> StepAsync(CancellationToken cancellationToken)
    {
        if (settings.Current.KeptFor <= TimeSpan.Zero)
        {
            return 0;
        }

        var oldest = time.GetUtcNow() - settings.Current.KeptFor;
        List<(long Id, string AcctSessionId)> due;
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            // Looked for beside the writer: only the deletion itself is in its way. What has ended does not begin again meanwhile.
            due = (await database.Set<Session>().AsNoTracking().Where(row => row.EndedAt < oldest).OrderBy(row => row.EndedAt).Take(Together)
                .Select(row => new { row.Id, row.AcctSessionId }).ToListAsync(cancellationToken).ConfigureAwait(false)).ConvertAll(row => (row.Id, row.AcctSessionId));
        }

        if (due.Count == 0)
        {
            return 0;
        }

        long[] ids = [.. due.Select(row => row.Id)];
        string[] sessions = [.. due.Select(row => row.AcctSessionId)];
        var status = await writer.WriteAsync(
            async (context, token) =>
            {
                await context.Set<SessionTraffic>().Where(point => sessions.Contains(point.AcctSessionId)).ExecuteDeleteAsync(token).ConfigureAwait(false);
                await context.Set<AccountingDelivery>().Where(delivery => sessions.Contains(delivery.AcctSessionId)).ExecuteDeleteAsync(token).ConfigureAwait(false);
                await context.Set<SessionEvent>().Where(line => sessions.Contains(line.AcctSessionId)).ExecuteDeleteAsync(token).ConfigureAwait(false);
                await context.Set<Session>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(token).ConfigureAwait(false);
            },
            committed: null,
            cancellationToken,
            Lock).ConfigureAwait(false);
        return status == WriteStatus.Committed ? due.Count : 0;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await RunAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the program, not a failure.
        }
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            var gone = 0L;
            int step;
            do
            {
                step = await StepAsync(stoppingToken).ConfigureAwait(false);
                gone += step;
                await Task.Delay(s_pause, time, stoppingToken).ConfigureAwait(false);
            }
            while (step == Together);

            if (gone > 0)
            {
                Log.Gone(log, gone, settings.Current.KeptFor);
            }
        }
        catch (Exception exception) when (WriteTransaction.IsEnvironment(exception))
        {
            Log.NotNow(log, exception.GetBaseException().Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.Failed(log, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2050, LogLevel.Information, "{Count} sessions that ended more than {KeptFor} ago were forgotten (Sessions:KeptFor)")]
        public static partial void Gone(ILogger logger, long count, TimeSpan keptFor);

        [LoggerMessage(2051, LogLevel.Warning, "Old sessions could not be forgotten: {Reason} It is tried again in some minutes.")]
        public static partial void NotNow(ILogger logger, string reason);

        [LoggerMessage(2052, LogLevel.Error, "Forgetting old sessions failed because of a fault in the gateway; it is tried again in some minutes")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
