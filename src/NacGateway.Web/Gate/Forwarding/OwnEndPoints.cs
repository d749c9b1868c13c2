using System.Net;
using System.Net.NetworkInformation;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using NacGateway.Core.Sessions;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>The addresses of this machine and the ports of the gateway's listeners. Looks again every ten seconds: addresses come and go.</summary>
internal sealed class OwnEndPoints(TimeProvider time, IServer? server = null)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);
    private static readonly AddressPrefix Loopback4 = AddressPrefix.Parse("127.0.0.0/8");
    private static readonly AddressPrefix Loopback6 = AddressPrefix.Parse("::1");
    private volatile Snapshot? _snapshot;

    /// <summary>True when an address is one of this machine's interfaces.</summary>
    public bool Contains(UInt128 bits) => Current().Addresses.Contains(bits);

    /// <summary>True when a connection to this address ends at this machine: one of its interfaces, or loopback.</summary>
    public bool IsOwn(IPAddress address)
    {
        var bits = ClientKey.From(address).Bits;
        return Loopback4.Contains(bits) || Loopback6.Contains(bits) || Contains(bits);
    }

    /// <summary>True when an address of this machine and a port lead to a listener of the gateway.</summary>
    public bool ListensOn(UInt128 bits, int port)
    {
        var snapshot = Current();
        return snapshot.Ports.Contains(port) && (Loopback4.Contains(bits) || Loopback6.Contains(bits) || snapshot.Addresses.Contains(bits));
    }

    private Snapshot Current()
    {
        var snapshot = _snapshot;
        if (snapshot is null || time.GetElapsedTime(snapshot.Taken) > Life)
        {
            _snapshot = snapshot = Take();
        }

        return snapshot;
    }

    private Snapshot Take()
    {
        HashSet<UInt128> addresses = [];
        foreach (var network in NetworkInterface.GetAllNetworkInterfaces())
        {
            foreach (var unicast in network.GetIPProperties().UnicastAddresses)
            {
                addresses.Add(ClientKey.From(unicast.Address).Bits);
            }
        }

        var bound = server?.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return new Snapshot(addresses, [.. bound.Select(address => BindingAddress.Parse(address).Port)], time.GetTimestamp());
    }

    private sealed record Snapshot(HashSet<UInt128> Addresses, HashSet<int> Ports, long Taken);
}
