using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NacGateway.Core.Sessions;

/// <summary>Looks every second which sessions have an Interim-Update due (RFC 2869 section 2.1).</summary>
internal sealed partial class InterimReporter(SessionInterims interims, TimeProvider time, ILogger<InterimReporter> log) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await ReportAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the program, not a failure.
        }
    }

    private async Task ReportAsync(CancellationToken stoppingToken)
    {
        try
        {
            await interims.ReportAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.ReportFailed(log, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2030, LogLevel.Error, "Interim-Updates could not be written; they are tried again every second")]
        public static partial void ReportFailed(ILogger logger, Exception exception);
    }
}
