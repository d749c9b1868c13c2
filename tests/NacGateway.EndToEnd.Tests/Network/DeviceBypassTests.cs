using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Network;

/// <summary>Devices that come in by their MAC addresses, with a real RADIUS server.</summary>
public sealed class DeviceBypassTests
{
    private const string Users = FreeRadiusOptions.People + """

        02005e000002	Auth-Type := Accept, Service-Type == Call-Check
        	Session-Timeout = 600

        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("RAR-12")]
    public async Task A_server_lets_a_device_in_by_its_address_and_keeps_another_out()
    {
        await using var scene = await DeviceScene.StartAsync(3, new FreeRadiusOptions { Users = Users }, ("MacBypass:Radius", "true"), ("MacBypass:Devices:0:Address", "02:00:5e:00:00:03"));
        var (stranger, accepted, listed) = (scene.Lab.Clients[0], scene.Lab.Clients[1], scene.Lab.Clients[2]);

        foreach (var client in scene.Lab.Clients)
        {
            await DeviceScene.AskAsync(client, client.IPv4);
        }

        await scene.Gateway.WaitForLogAsync(line => line.Contains("asked about device 02-00-5E-00-00-01", StringComparison.Ordinal) && line.Contains("Rejected", StringComparison.Ordinal), Cancel);
        await scene.Gateway.WaitForLogAsync(line => line.Contains("of 02005e000002 opened", StringComparison.Ordinal), Cancel);
        await scene.Gateway.WaitForLogAsync(line => line.Contains("of 02:00:5e:00:00:03 opened", StringComparison.Ordinal), Cancel);
        await scene.IsAsync(stranger, stranger.IPv4, isOpen: false);
        await scene.BecomesAsync(accepted, accepted.IPv4, isOpen: true);
        await scene.BecomesAsync(listed, listed.IPv4, isOpen: true);
        await scene.BecomesAsync(accepted, accepted.IPv6, isOpen: true);
    }
}
