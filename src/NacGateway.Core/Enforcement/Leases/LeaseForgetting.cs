using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>
/// Forgets who had an address: when nothing was heard of it for ten minutes, neither the kernel nor a DHCP server names its holder any more,
/// and no session has it. An address that a session has stays its device's until another device takes it.
/// </summary>
internal sealed partial class LeaseForgetting(LeaseTable leases, NeighbourBook neighbours, LeaseBook written, SessionTable sessions, TimeProvider time, ILogger<LeaseForgetting> log) : BackgroundService
{
    internal static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            if (ForgetSilent() is > 0 and var count)
            {
                Log.Forgotten(log, count, leases.Count);
            }
        }
    }

    internal int ForgetSilent()
    {
        var count = 0;
        foreach (var lease in leases.Unheard(Silence))
        {
            if (!sessions.Knows(lease.Address) && !neighbours.Names(lease.Address, lease.Mac) && !written.Names(lease.Address, lease.Mac) && leases.Forget(lease.Address))
            {
                count++;
            }
        }

        return count;
    }

    private static partial class Log
    {
        [LoggerMessage(4110, LogLevel.Debug, "{Count} addresses have nobody any more, {Left} have")]
        public static partial void Forgotten(ILogger logger, int count, int left);
    }
}
