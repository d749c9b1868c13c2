using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using NacGateway.Benchmarks.Sessions;
using NacGateway.Core.Enforcement;
using NacGateway.Core.Enforcement.Netlink;
using NacGateway.Core.Enforcement.Nftables;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Benchmarks.Kernel;

/// <summary>
/// A process that brings many sessions to the kernel of a network that is its own, once as the gateway does at start, and once as it does
/// after somebody has deleted the table. A process for each time, for the gateway, too, starts but once.
/// </summary>
internal static class ReconcilePeer
{
    private static readonly TimeProvider s_time = TimeProvider.System;

    /// <summary>Does it, and prints "START AGAIN", both in seconds.</summary>
    public static int Run(int count)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Measure(count);
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? 0 : throw new InvalidOperationException("The kernel was not brought to what the sessions say.", failure);
    }

    /// <summary>On a thread that has left the network of the others.</summary>
    private static void Measure(int count)
    {
        if (LinuxSocket.Unshare(LinuxSocket.NewNetwork) != 0)
        {
            throw new InvalidOperationException($"No network of its own: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        var sources = Sources(count);

        var started = s_time.GetTimestamp();
        using var nft = NftContext.Open();
        var table = new KernelTable(nft, sources, s_time);
        table.Rebuild();
        var start = s_time.GetElapsedTime(started);
        Verify(nft, table, count);

        if (!nft.Run("delete table inet nacgateway").IsDone)
        {
            throw new InvalidOperationException("The table cannot be deleted.");
        }

        started = s_time.GetTimestamp();
        table.Rebuild();
        var again = s_time.GetElapsedTime(started);
        Verify(nft, table, count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{start.TotalSeconds:0.000} {again.TotalSeconds:0.000}"));
    }

    /// <summary>Asks the kernel itself: each pair is let through, and what goes back to it as well.</summary>
    private static void Verify(NftContext nft, KernelTable table, int count)
    {
        var found = FoundTable.Read(nft).Leases.Count();
        var back = KernelSets.ReadElements(nft.Run("list set inet nacgateway down4", NftOutput.Json | NftOutput.Numeric).Output).Count;
        if ((table.Count, found, back) != (count, count, count))
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

        var options = Options.Create(new EnforcementOptions { Mode = EnforcementMode.Nftables, LanInterfaces = { "lan0" } });
        return new EnforcementSources(sessions, leases, new PolicyBook(), new GardenAddresses(), new EnforcementPorts(8080, [8081]), options);
    }
}
