using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace NacGateway.Core.Insight;

/// <summary>Looks every few seconds what the gateway does, and forgets old samples now and then.</summary>
internal sealed partial class ActivitySampler(ActivityRecorder recorder, IOptions<InsightOptions> options, TimeProvider time, ILogger<ActivitySampler> log) : BackgroundService
{
    private static readonly TimeSpan s_trimInterval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ActivityRing.Distance, time);
        var trimmed = time.GetTimestamp();
        try
        {
            do
            {
                await GuardedAsync(recorder.LookAsync, stoppingToken).ConfigureAwait(false);
                if (time.GetElapsedTime(trimmed) >= s_trimInterval)
                {
                    trimmed = time.GetTimestamp();
                    await GuardedAsync(token => recorder.TrimAsync(options.Value.SamplesKeptFor, token), stoppingToken).ConfigureAwait(false);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the program, not a failure.
        }
    }

    /// <summary>A look that fails is made up for by the next one.</summary>
    private async Task GuardedAsync(Func<CancellationToken, Task> pass, CancellationToken stoppingToken)
    {
        try
        {
            await pass(stoppingToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.PassFailed(log, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8400, LogLevel.Error, "A look at the gateway's own activity failed because of a fault in it; the next one follows")]
        public static partial void PassFailed(ILogger logger, Exception exception);
    }
}
