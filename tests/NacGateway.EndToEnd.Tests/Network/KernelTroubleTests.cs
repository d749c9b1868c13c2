using System.Globalization;
using System.Net;
using NacGateway.TestKit;
using NacGateway.TestKit.Network;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Network;

/// <summary>What happens when others touch the kernel, the gateway dies, or the network is bad: who is signed in goes on, nobody else gets in.</summary>
public sealed class KernelTroubleTests
{
    private static readonly TimeSpan s_promise = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_others_do_to_the_table_is_undone_in_two_seconds_and_their_own_tables_are_left_alone()
    {
        await using var scene = await KernelScene.StartAsync(Cancel);
        var (device, stranger) = (scene.Lab.Clients[0], scene.Lab.Clients[1]);
        await scene.NftAsync("add table inet theirs; add chain inet theirs c { type filter hook forward priority 5; policy accept; }; add rule inet theirs c counter accept", Cancel);
        await scene.SignInAsync(device, Cancel);
        using var connection = await device.ConnectAsync(new IPEndPoint(scene.Far[0], KernelScene.EchoPort), Cancel);
        foreach (var harm in (string[])[
            "delete table inet nacgateway",
            "flush table inet nacgateway",
            "flush set inet nacgateway open4",
            "flush set inet nacgateway down4",
            "flush chain inet nacgateway from_lan",
            "insert rule inet nacgateway from_lan accept",
            $"add element inet nacgateway open4 {{ {stranger.MacText} . {stranger.IPv4} }}; add element inet nacgateway down4 {{ {stranger.IPv4} }}",
            $"delete element inet nacgateway open4 {{ {device.MacText} . {device.IPv4} }}",
        ])
        {
            await scene.NftAsync(harm, Cancel);

            await KernelScene.UntilAsync(
                async () => await KernelScene.EchoesAsync(connection, Cancel) && !await KernelScene.ReachesAsync(stranger, scene.Far[0], Cancel) && await KernelScene.StatusAsync(stranger, scene.Far[0], Cancel) == "511",
                s_promise + TimeSpan.FromSeconds(3),
                Cancel);
        }

        // Theirs is what "flush ruleset" alone takes away.
        Assert.Contains("priority filter + 5", await scene.NftAsync("list table inet theirs", Cancel), StringComparison.Ordinal);
        Assert.Contains("was changed by nft", scene.Gateway.Log, StringComparison.Ordinal);
        await scene.NftAsync("flush ruleset", Cancel);
        await KernelScene.UntilAsync(async () => await KernelScene.StatusAsync(stranger, scene.Far[0], Cancel) == "511", s_promise, Cancel);
        Assert.True(await KernelScene.EchoesAsync(connection, Cancel));
    }

    [Fact]
    public async Task A_gateway_that_is_killed_leaves_the_kernel_as_it_was_and_finds_it_again()
    {
        await using var scene = await KernelScene.StartAsync(Cancel);
        var (device, stranger) = (scene.Lab.Clients[0], scene.Lab.Clients[1]);
        await scene.SignInAsync(device, Cancel);
        using var connection = await device.ConnectAsync(new IPEndPoint(scene.Far[0], KernelScene.EchoPort), Cancel);
        Assert.True(await KernelScene.EchoesAsync(connection, Cancel));

        await scene.Gateway.StopAsync("KILL");

        Assert.True(await KernelScene.EchoesAsync(connection, Cancel));
        Assert.True(await KernelScene.ReachesAsync(device, scene.Far[0], Cancel));
        Assert.False(await KernelScene.ReachesAsync(stranger, scene.Far[0], Cancel));
        var before = await CountedAsync(scene);
        await scene.Gateway.StartAsync(Cancel);
        Assert.True(await KernelScene.EchoesAsync(connection, Cancel));
        Assert.Equal("511", await KernelScene.StatusAsync(stranger, scene.Far[0], Cancel));
        Assert.InRange(await CountedAsync(scene), before, long.MaxValue);

        // And it still is the one that closes.
        await scene.SignOutAsync(device, Cancel);
        Assert.False(await KernelScene.EchoesAsync(connection, Cancel));
    }

    [Fact]
    public async Task A_planned_restart_under_other_settings_drops_nobody()
    {
        await using var scene = await KernelScene.StartAsync(Cancel);
        var device = scene.Lab.Clients[0];
        await scene.SignInAsync(device, Cancel);
        using var connection = await device.ConnectAsync(new IPEndPoint(scene.Far[0], KernelScene.EchoPort), Cancel);
        var settings = scene.Gateway.Folder["appsettings.json"];
        var planned = await scene.Lab.Gateway.RunAsync(GatewayProcess.Executable, ["enforcement", "plan", "--config", settings, "--Enforcement:GatewayPorts:0=tcp/22"], Cancel);
        await scene.Gateway.StopAsync("TERM");
        Assert.True(await KernelScene.EchoesAsync(connection, Cancel));

        await File.WriteAllTextAsync(settings, (await File.ReadAllTextAsync(settings, Cancel)).Replace("\"Gate:Listen\"", "\"Enforcement:GatewayPorts:0\":\"tcp/22\",\"Gate:Listen\"", StringComparison.Ordinal), Cancel);
        await scene.Gateway.StartAsync(Cancel);

        Assert.True(await KernelScene.EchoesAsync(connection, Cancel));
        Assert.Contains("tcp dport 22 return", await scene.NftAsync("list chain inet nacgateway lan_input", Cancel), StringComparison.Ordinal);
        Assert.Contains("go on as they are", planned.OrThrow(), StringComparison.Ordinal);
        Assert.Contains("+ chain lan_input: tcp dport 22 return", planned.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("no more", planned.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_router_that_boots_forwards_once_the_rules_are_there_and_nobody_slips_through_before()
    {
        await using var scene = await KernelScene.StartAsync(Cancel);
        var (device, stranger) = (scene.Lab.Clients[0], scene.Lab.Clients[1]);
        await scene.SignInAsync(device, Cancel);
        await scene.Gateway.StopAsync("TERM");
        await scene.NftAsync("delete table inet nacgateway", Cancel);
        await scene.Lab.Gateway.SetKernelAsync(Cancel, "net.ipv4.ip_forward=0", "net.ipv6.conf.all.forwarding=0");
        Assert.False(await KernelScene.ReachesAsync(device, scene.Far[0], Cancel));

        var starting = scene.Gateway.StartAsync(Cancel);
        var slipped = 0;
        while (!starting.IsCompleted)
        {
            slipped += await KernelScene.ReachesAsync(stranger, scene.Far[0], Cancel) ? 1 : 0;
        }

        await starting;
        Assert.Equal(0, slipped);
        Assert.False(await KernelScene.ReachesAsync(stranger, scene.Far[0], Cancel));
        foreach (var far in scene.Far)
        {
            await KernelScene.UntilAsync(() => KernelScene.ReachesAsync(device, far, Cancel), s_promise, Cancel);
        }
    }

    [Fact]
    public async Task An_interface_that_goes_down_and_comes_up_keeps_its_sessions()
    {
        await using var scene = await KernelScene.StartAsync(Cancel);
        var device = scene.Lab.Clients[0];
        await scene.SignInAsync(device, Cancel);

        await scene.Lab.Gateway.SetLinkAsync(up: false, Cancel);
        Assert.False(await KernelScene.ReachesAsync(device, scene.Far[0], Cancel));
        await scene.Lab.Gateway.SetLinkAsync(up: true, Cancel);

        await KernelScene.UntilAsync(() => KernelScene.ReachesAsync(device, scene.Far[0], Cancel), TimeSpan.FromSeconds(10), Cancel);
        Assert.False(await KernelScene.ReachesAsync(scene.Lab.Clients[1], scene.Far[0], Cancel));
    }

    [Fact]
    public async Task A_fifth_of_all_packets_lost_a_person_signs_in_all_the_same()
    {
        await using var scene = await KernelScene.StartAsync(Cancel);
        var device = scene.Lab.Clients[0];
        foreach (var hook in (string[])["input", "output"])
        {
            (await device.RunAsync(Component.Require("nft", "nftables"), [$"add table inet loss; add chain inet loss {hook} {{ type filter hook {hook} priority 0; policy accept; }}; add rule inet loss {hook} meta l4proto tcp numgen random mod 100 < 20 drop"], Cancel)).OrThrow();
        }

        for (var round = 0; round < 3; round++)
        {
            await scene.SignInAsync(device, Cancel);
            await scene.SignOutAsync(device, Cancel);
        }

        Assert.DoesNotContain("error", scene.Gateway.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("library")]
    [InlineData("right")]
    public async Task Without_the_library_or_the_right_it_does_not_start_and_says_why(string missing)
    {
        Assert.SkipWhen(NetLab.Missing is not null, NetLab.Missing ?? "");
        using var folder = new TemporaryFolder("closed");
        var settings = folder.Write("appsettings.json", """
            { "Gate:Listen": "[::]:8080", "Portal:Listen": "[::]:8081", "Admin:Listen": "127.0.0.1:0", "Enforcement:Mode": "Nftables", "Enforcement:LanInterfaces:0": "lan0",
              "Radius:Servers:0:Name": "a", "Radius:Servers:0:Host": "127.0.0.1", "Radius:Servers:0:Secret": "a-long-shared-secret" }
            """);
        string[] serve = [GatewayProcess.Executable, "serve", "--config", settings, $"--Storage:ConnectionString=Data Source={folder["n.db"]}"];
        await using var lab = await NetLab.CreateAsync(0, Cancel);
        var libraries = Directory.GetFiles("/usr/lib", "libnftables.so.1*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2, AttributesToSkip = FileAttributes.ReparsePoint });
        var result = missing == "right"
            ? await lab.Gateway.RunAsync("setpriv", ["--bounding-set", "-net_admin", "--inh-caps", "-net_admin", .. serve], Cancel)
            : await lab.Gateway.RunAsync("unshare", ["-m", "sh", "-c", string.Concat(libraries.Select(library => $"mount --bind /dev/null {library}; ")) + "exec \"$@\"", "sh", .. serve], Cancel);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(missing == "right" ? "CAP_NET_ADMIN is missing" : "Install the package libnftables1", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Listening", result.Output, StringComparison.Ordinal);
    }

    private static async Task<long> CountedAsync(KernelScene scene)
    {
        var shown = (await scene.Lab.Gateway.RunAsync(GatewayProcess.Executable, ["enforcement", "show", "--config", scene.Gateway.Folder["appsettings.json"]], Cancel)).OrThrow();
        var words = shown.Split(' ');
        return long.Parse(words[Array.IndexOf(words, "hold") + 1], CultureInfo.InvariantCulture);
    }
}
