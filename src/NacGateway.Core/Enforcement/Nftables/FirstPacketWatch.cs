using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>Lets a session follow its device to an address from which its first packet has just come.</summary>
internal sealed partial class FirstPacketWatch(SessionTable sessions, LeaseTable leases, IOptions<EnforcementOptions> options, ILogger<FirstPacketWatch> log) : BackgroundService
{
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => options.Value.Mode != EnforcementMode.Nftables
        ? Task.CompletedTask
        : Task.Factory.StartNew(() => Listen(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Listen(CancellationToken stopping)
    {
        try
        {
            using var packets = new FirstPackets();
            while (!stopping.IsCancellationRequested)
            {
                packets.Wait(s_wait, Take);
            }
        }
        catch (EnforcementException exception)
        {
            Log.Deaf(log, exception.Message);
        }
    }

    private void Take(MacAddress mac, ClientKey source)
    {
        // Of strangers nothing is learnt by this: the neighbour table tells of them, and a flood of made-up addresses tells nothing.
        if (sessions.TryFind(mac, out _) && leases.Learn(new Lease(source, mac, Interface: null, LeaseSource.FirstPacket)))
        {
            Log.Followed(log, mac, source);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4010, LogLevel.Debug, "{Mac} sends from {Address}, which nobody had")]
        public static partial void Followed(ILogger logger, MacAddress mac, ClientKey address);

        [LoggerMessage(4011, LogLevel.Warning, "A device's next address is only known once it answers for it: {Reason}")]
        public static partial void Deaf(ILogger logger, string reason);
    }
}
