using System.Net;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Network;

/// <summary>Who a device is, with a real kernel between devices and gateway.</summary>
public sealed class DeviceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_takes_the_address_of_a_signed_in_device_takes_no_session_and_the_session_ends()
    {
        await using var scene = await DeviceScene.StartAsync(2);
        var (owner, thief) = (scene.Lab.Clients[0], scene.Lab.Clients[1]);
        await scene.IsAsync(owner, owner.IPv4, isOpen: false);
        await DeviceScene.SignInAsync(owner);
        await scene.BecomesAsync(owner, owner.IPv4, isOpen: true);

        // It has no other address by which its session could go on.
        await owner.IpAsync(Cancel, "-6", "address", "flush", "dev", "eth0");
        await thief.SetAddressAsync(owner.IPv4, 24, gateway: null, Cancel);

        await scene.BecomesAsync(thief, owner.IPv4, isOpen: false);
        await scene.Gateway.WaitForLogAsync(line => line.Contains("ended: LostCarrier", StringComparison.Ordinal), Cancel);
        await scene.IsAsync(thief, owner.IPv4, isOpen: false);
    }

    [Fact]
    public async Task A_session_follows_its_device_to_new_addresses_of_both_families()
    {
        await using var scene = await DeviceScene.StartAsync(2);
        var (device, other) = (scene.Lab.Clients[0], scene.Lab.Clients[1]);
        var (moved, invented) = (IPAddress.Parse("10.77.0.150"), IPAddress.Parse("fd77::a:b:c:d"));
        await DeviceScene.SignInAsync(device);

        // 1. The address of the other family, and one that it makes up for its privacy (RFC 8981).
        await scene.BecomesAsync(device, device.IPv6, isOpen: true);
        await device.IpAsync(Cancel, "-6", "address", "add", $"{invented}/64", "dev", "eth0", "nodad");
        await scene.BecomesAsync(device, invented, isOpen: true);

        // 2. Another IPv4 address; the one before goes to another device, which has to sign in for itself.
        await device.SetAddressAsync(moved, 24, gateway: null, Cancel);
        await scene.BecomesAsync(device, moved, isOpen: true);
        await other.SetAddressAsync(device.IPv4, 24, gateway: null, Cancel);
        await scene.BecomesAsync(other, device.IPv4, isOpen: false);
        await DeviceScene.SignInAsync(other, "alice");
        await scene.IsAsync(device, moved, isOpen: true);
        await scene.IsAsync(other, device.IPv4, isOpen: true);
    }

    [Fact]
    public async Task After_a_restart_the_devices_that_are_there_are_known_before_anybody_is_served()
    {
        await using var scene = await DeviceScene.StartAsync(2);
        var (kept, lost) = (scene.Lab.Clients[0], scene.Lab.Clients[1]);
        await DeviceScene.SignInAsync(kept);
        await DeviceScene.SignInAsync(lost, "alice");
        await scene.Gateway.StopAsync("KILL");

        // While nobody watches: one comes with an address of the other family, and one has its address taken by a new device.
        await scene.Lab.Gateway.IpAsync(Cancel, "neighbour", "replace", lost.IPv4.ToString(), "lladdr", "02:00:5e:00:00:99", "dev", "lan0", "nud", "permanent");
        (await kept.RunAsync("ping", ["-n", "-c", "1", "-W", "5", "fd77::1"], Cancel)).OrThrow();
        await scene.Gateway.StartAsync(Cancel);

        await scene.IsAsync(kept, kept.IPv6, isOpen: true);
        await scene.IsAsync(kept, kept.IPv4, isOpen: true);
        await scene.Gateway.WaitForLogAsync(line => line.Contains("ended: LostCarrier", StringComparison.Ordinal), Cancel);
    }

    [Fact]
    public async Task An_announcement_of_anothers_address_gives_nothing_and_is_told_of_when_it_goes_on()
    {
        await using var scene = await DeviceScene.StartAsync(2);
        var (owner, liar) = (scene.Lab.Clients[0], scene.Lab.Clients[1]);
        await DeviceScene.SignInAsync(owner);
        await liar.IpAsync(Cancel, "address", "add", $"{owner.IPv4}/32", "dev", "eth0");

        // By its other address the session goes on, whoever has the first.
        await scene.BecomesAsync(owner, owner.IPv6, isOpen: true);

        for (var i = 0; i < 4; i++)
        {
            // The kernel takes another word for an address a second after the last at the earliest (locktime); by hand it takes any.
            await scene.Lab.Gateway.IpAsync(Cancel, "neighbour", "replace", owner.IPv4.ToString(), "lladdr", liar.MacText, "dev", "lan0", "nud", "reachable");
            await scene.BecomesAsync(owner, owner.IPv6, isOpen: true);
            await scene.Lab.Gateway.IpAsync(Cancel, "neighbour", "replace", owner.IPv4.ToString(), "lladdr", owner.MacText, "dev", "lan0", "nud", "reachable");
        }

        await scene.Gateway.WaitForLogAsync(line => line.Contains("Devices take addresses from each other, such as 10.77.0.11", StringComparison.Ordinal), Cancel);
        await scene.BecomesAsync(owner, owner.IPv4, isOpen: true);
    }

    [Fact]
    public async Task The_server_is_told_the_hardware_address_and_rules_about_it_hold()
    {
        using var folder = new TemporaryFolder("rules");
        var rules = folder.Write("rules.json", """{ "roles": [ { "name": "guest" } ], "rules": [ { "name": "not this one", "when": { "device": "02-00-5E-00-00-02" }, "refuse": "Not this device" }, { "name": "others", "role": "guest" } ] }""");
        await using var scene = await DeviceScene.StartAsync(2, settings: ("Policy:File", rules));

        await DeviceScene.SignInAsync(scene.Lab.Clients[0]);

        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => DeviceScene.SignInAsync(scene.Lab.Clients[1]));
        Assert.DoesNotContain("never hold", scene.Gateway.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interface_that_comes_later_is_watched()
    {
        await using var scene = await DeviceScene.StartAsync(1, settings: ("Enforcement:LanInterfaces:1", "lan9"));
        await scene.Gateway.WaitForLogAsync(line => line.Contains("lan9", StringComparison.Ordinal), Cancel);
        var gateway = scene.Lab.Gateway;

        await gateway.IpAsync(Cancel, "link", "add", "lan9", "type", "veth", "peer", "name", "lan9b");
        await gateway.IpAsync(Cancel, "link", "set", "lan9", "up");
        await scene.Gateway.WaitForLogAsync(line => line.Contains("lan9 has come", StringComparison.Ordinal), Cancel);
        await gateway.IpAsync(Cancel, "link", "del", "lan9");

        await scene.Gateway.WaitForLogAsync(line => line.Contains("lan9 is gone", StringComparison.Ordinal), Cancel);
        await DeviceScene.SignInAsync(scene.Lab.Clients[0]);
        await scene.BecomesAsync(scene.Lab.Clients[0], scene.Lab.Clients[0].IPv4, isOpen: true);
    }
}
