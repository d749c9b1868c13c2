using System.Diagnostics.Metrics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NacGateway.Benchmarks.Sessions;
using NacGateway.Core.Enforcement;
using NacGateway.Core.Enforcement.Netlink;
using NacGateway.Core.Enforcement.Nftables;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Benchmarks.Kernel;

/// <summary>
/// A process that brings many sessions to the kernel of a network that is its own, as the gateway does at start. A process for each time, for
/// the gateway, too, starts but once.
/// </summary>
internal static class ReconcilePeer
{
    private static readonly TimeProvider s_time = TimeProvider.System;

    /// <summary>Does it, and prints "START PROCESSOR", both in seconds: until all are in, and the processor time of that.</summary>
    public static async Task<int> RunAsync(int count)
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var sources = Sources(count);
        using var enforcer = new NftablesEnforcer(
            sources, Options.Create(Settings()), new EnforcementState(), new EnforcementMetrics(services.GetRequiredService<IMeterFactory>()), s_time, NullLogger<NftablesEnforcer>.Instance);

        var processor = Environment.CpuUsage.TotalTime;

        // The tuple is made from left to right: the clock starts before the enforcer does.
        var (nft, started, starting) = await InNetworkOfItsOwnAsync(() => (NftContext.Open(), s_time.GetTimestamp(), enforcer.StartAsync(CancellationToken.None)));
        using var kernel = nft;
        await starting;
        var start = s_time.GetElapsedTime(started);
        processor = Environment.CpuUsage.TotalTime - processor;
        Verify(kernel, count);

        await enforcer.StopAsync(CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{start.TotalSeconds:0.000} {processor.TotalSeconds:0.000}"));
        return 0;
    }

    /// <summary>Runs work on a thread that has left the network of the others; threads that it starts are where it is.</summary>
    private static Task<T> InNetworkOfItsOwnAsync<T>(Func<T> work) => Task.Factory.StartNew(
        () => LinuxSocket.Unshare(LinuxSocket.NewNetwork) == 0 ? work() : throw new InvalidOperationException($"No network of its own: {Marshal.GetLastPInvokeErrorMessage()}"),
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>Asks the kernel itself: each pair is let through, and what goes back to it as well.</summary>
    private static void Verify(NftContext nft, int count)
    {
        int Count(string set) => KernelSets.ReadElements(nft.Run($"list set inet nacgateway {set}", NftOutput.Json | NftOutput.Numeric).Output).Count;
        var (found, back) = (Count("open4"), Count("down4"));
        if ((found, back) != (count, count))
        {
            throw new InvalidOperationException($"Of {count} sessions the kernel lets {found} through and {back} back.");
        }
    }

    private static EnforcementSources Sources(int count)
    {
        var sessions = new SessionTable(s_time);
        var leases = new LeaseTable(s_time);
        var now = s_time.GetUtcNow();
        for (var number = 0; number < count; number++)
        {
            var session = SessionRows.ToActive(SessionRows.ToRow(SessionMeasurement.Opening(number), now), s_time);
            if (!MacAddress.TryParse(session.CallingStationId, out var mac))
            {
                throw new InvalidOperationException($"'{session.CallingStationId}' is no hardware address.");
            }

            sessions.Put(session);
            leases.Learn(new Lease(ClientKey.From(session.ClientAddress), mac, "lan0", LeaseSource.Neighbour));
        }

        return new EnforcementSources(sessions, leases, new PolicyBook(), new GardenAddresses(), new EnforcementPorts(8080, [8081]), Options.Create(Settings()));
    }

    private static EnforcementOptions Settings() => new() { Mode = EnforcementMode.Nftables, LanInterfaces = { "lan0" }, SwitchForwarding = false };
}
