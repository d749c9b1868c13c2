using Microsoft.Extensions.Options;

namespace NacGateway.Web.Observability.Syslog;

/// <summary>Sends what happens to sessions and what the audit trail records to the syslog server, where one is configured. Nothing in the gateway ever waits for it.</summary>
internal sealed partial class SyslogForwarder(SyslogQueue queue, SyslogSender sender, IOptions<SyslogOptions> options, TimeProvider time, ILogger<SyslogForwarder> log) : BackgroundService
{
    /// <summary>How long the stop waits for what is still to be sent.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(3);

    /// <summary>Between two messages about what was lost, while more is.</summary>
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(10);

    private long _toldLines;
    private long _toldNotices;
    private long? _toldAt;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Server.Length == 0)
        {
            return Task.CompletedTask;
        }

        // Before anything that starts later can happen.
        queue.Listen();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var stop = stoppingToken.Register(() => end.CancelAfter(s_grace));
        var inHand = 0;
        try
        {
            while (true)
            {
                await TellLossAsync(end.Token);
                if (queue.TryTake() is { } message)
                {
                    inHand = 1;
                    await sender.SendAsync(message, end.Token);
                    inHand = 0;
                }
                else if (stoppingToken.IsCancellationRequested)
                {
                    return;
                }
                else
                {
                    await queue.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            Log.Unsent(log, queue.Waiting + inHand);
        }
        finally
        {
            await sender.CloseAsync();
        }
    }

    /// <summary>Whoever reads only at the syslog server shall know what is missing there.</summary>
    private async Task TellLossAsync(CancellationToken cancellationToken)
    {
        var (lines, notices) = (queue.LostLines - _toldLines, queue.LostNotices - _toldNotices);
        if (lines + notices == 0 || (_toldAt is { } at && queue.Waiting > 0 && time.GetElapsedTime(at) < s_between))
        {
            return;
        }

        (_toldLines, _toldNotices, _toldAt) = (_toldLines + lines, _toldNotices + notices, time.GetTimestamp());
        Log.Lost(log, lines, notices);
        await sender.SendAsync(SyslogMessages.Lost(lines, notices, time.GetUtcNow()), cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(8612, LogLevel.Warning, "Syslog lost {Lines} lines of the audit trail and {Notices} messages about sessions: they came faster than they could be sent. The trail in the database is whole.")]
        public static partial void Lost(ILogger logger, long lines, long notices);

        [LoggerMessage(8613, LogLevel.Warning, "{Count} messages were not sent to the syslog server before the stop")]
        public static partial void Unsent(ILogger logger, int count);
    }
}
