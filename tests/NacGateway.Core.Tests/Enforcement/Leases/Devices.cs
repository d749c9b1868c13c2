using System.Net;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Tests.Enforcement.Leases;

/// <summary>Devices on the network of a test, without a network.</summary>
internal static class Devices
{
    /// <summary>An interface that no machine has, so that all that is known of devices is what the test says.</summary>
    public static readonly (string, string) NoInterface = ("Enforcement:LanInterfaces:0", "nac-none0");

    public static MacAddress Mac(byte number) => MacAddress.From([0x02, 0, 0x5e, 0, 0, number]);

    /// <summary>Lets a device be seen with an address.</summary>
    public static void See(this Gateways gateway, string address, byte device, LeaseSource source = LeaseSource.Neighbour) =>
        gateway.Get<LeaseTable>().Learn(new Lease(ClientKey.From(IPAddress.Parse(address)), Mac(device), "lan0", source));

    /// <summary>The session that the gate finds for an address.</summary>
    public static string? SessionAt(this Gateways gateway, string address) =>
        gateway.Table.TryGet(IPAddress.Parse(address), out var session) ? session.AcctSessionId : null;

    /// <summary>A session of a device.</summary>
    public static SessionOpening Opening(string client, byte? device, string user = "alice") => Openings.Of(user, client) with { CallingStationId = device is { } number ? Mac(number).ToString() : null };
}
