using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using NacGateway.TestKit;
using NacGateway.TestKit.Network;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Network;

/// <summary>The kernel opens for who has a session, and closes when it ends: both families, new connections and those that run.</summary>
public sealed class KernelTests
{
    private static readonly string Big = new('x', 250);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_not_signed_in_reaches_the_portal_and_nothing_else()
    {
        await using var scene = await KernelScene.StartAsync(Cancel);
        await using var resolver = await EchoServer.StartAsync(scene.Lab.Internet, 53);
        await using var silent = await EchoServer.StartAsync(scene.Lab.Internet, 4500);
        var device = scene.Lab.Clients[0];

        foreach (var far in scene.Far)
        {
            Assert.Equal("511", await KernelScene.StatusAsync(device, far, Cancel));
            Assert.False(await KernelScene.ReachesAsync(device, far, Cancel));
            foreach (var port in (int[])[443, 853])
            {
                // At once, so that a device shows its sign-in instead of a wheel.
                var refused = await Assert.ThrowsAsync<SocketException>(async () => (await device.ConnectAsync(new IPEndPoint(far, port), Cancel)).Dispose());
                Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
            }

            using var datagrams = await device.InsideAsync(() => new Socket(far.AddressFamily, SocketType.Dgram, ProtocolType.Udp));
            foreach (var port in (int[])[53, 443, 4500, KernelScene.EchoPort])
            {
                await datagrams.SendToAsync(new byte[64], new IPEndPoint(far, port), Cancel);
            }

            Assert.NotEqual(0, (await device.RunAsync("ping", ["-n", "-c", "1", "-W", "1", far.ToString()], Cancel)).ExitCode);
        }

        Assert.Equal((0, 0, 0), (scene.Echo.Received, resolver.Received, silent.Received));

        // Of the gateway itself the portal and the gate, not the desk, nor anything else that listens there.
        await using var other = await EchoServer.StartAsync(scene.Lab.Gateway, 22);
        Assert.False(await KernelScene.ReachesAsync(device, scene.Lab.Gateway.IPv4, Cancel, other.Port));
        Assert.False(await KernelScene.ReachesAsync(device, scene.Lab.Gateway.IPv4, Cancel, scene.Gateway.Admin.Port));
        Assert.Contains("Sign in", (await Curl.RunAsync(["-s", "-m", "3", $"http://[{scene.Lab.Gateway.IPv6}]:8081/portal"], Cancel, device)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sign_in_over_one_family_opens_both_and_counts_what_passes(bool isIPv6)
    {
        await using var scene = await KernelScene.StartAsync(Cancel);
        var (device, stranger) = (scene.Lab.Clients[0], scene.Lab.Clients[1]);
        foreach (var address in (IPAddress[])[scene.Lab.Gateway.IPv4, scene.Lab.Gateway.IPv6])
        {
            // A device has looked for its router long before anybody signs in.
            await device.RunAsync("ping", ["-n", "-c", "1", "-W", "2", address.ToString()], Cancel);
        }

        await scene.SignInAsync(device, Cancel, isIPv6: isIPv6);

        foreach (var far in scene.Far)
        {
            await KernelScene.UntilAsync(() => KernelScene.ReachesAsync(device, far, Cancel), TimeSpan.FromSeconds(1.5), Cancel);
            Assert.Equal("200", await KernelScene.StatusAsync(device, far, Cancel));
            Assert.Equal(0, (await device.RunAsync("ping", ["-n", "-c", "1", "-W", "2", far.ToString()], Cancel)).ExitCode);
            Assert.False(await KernelScene.ReachesAsync(stranger, far, Cancel));
        }

        const int Octets = 400_000;
        var before = scene.Echo.Received;
        using (var connection = await device.ConnectAsync(new IPEndPoint(scene.Far[0], KernelScene.EchoPort), Cancel))
        {
            await SendAndHearAsync(connection, Octets);
        }

        Assert.Equal(Octets, scene.Echo.Received - before);
        await scene.SignOutAsync(device, Cancel);

        // The Stop tells them to the last one: payload, and a few percent of headers.
        var (input, output, ended) = Recorded(scene);
        Assert.NotNull(ended);
        Assert.InRange(input, Octets, Octets * 1.2);
        Assert.InRange(output, Octets, Octets * 1.2);
    }

    [Fact]
    public async Task The_end_of_a_session_cuts_what_runs()
    {
        await using var scene = await KernelScene.StartAsync(Cancel);
        var device = scene.Lab.Clients[0];
        await scene.SignInAsync(device, Cancel);
        List<Socket> connections = [];
        foreach (var far in scene.Far)
        {
            await KernelScene.UntilAsync(() => KernelScene.ReachesAsync(device, far, Cancel), TimeSpan.FromSeconds(2), Cancel);
            connections.Add(await device.ConnectAsync(new IPEndPoint(far, KernelScene.EchoPort), Cancel));
        }

        using var datagrams = await device.InsideAsync(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        await datagrams.ConnectAsync(new IPEndPoint(scene.Far[0], KernelScene.EchoPort), Cancel);
        Assert.All(await Task.WhenAll(connections.Append(datagrams).Select(connection => KernelScene.EchoesAsync(connection, Cancel))), Assert.True);

        await scene.SignOutAsync(device, Cancel);

        var before = scene.Echo.Received;
        Assert.All(await Task.WhenAll(connections.Append(datagrams).Select(connection => KernelScene.EchoesAsync(connection, Cancel))), Assert.False);
        Assert.Equal(before, scene.Echo.Received);
        var tracked = (await scene.Lab.Gateway.RunAsync(Component.Require("conntrack", "conntrack"), ["-L"], Cancel)).Output;
        Assert.DoesNotContain(string.Create(CultureInfo.InvariantCulture, $"dport={KernelScene.EchoPort} src="), tracked, StringComparison.Ordinal);
        Assert.Equal("511", await KernelScene.StatusAsync(device, scene.Far[0], Cancel));
        connections.ForEach(connection => connection.Dispose());
    }

    [Fact]
    public async Task A_rate_holds_in_both_directions()
    {
        await using var scene = await KernelScene.StartAsync(Cancel);
        var device = scene.Lab.Clients[0];
        await scene.SignInAsync(device, Cancel, "slow");
        using (var connection = await device.ConnectAsync(new IPEndPoint(scene.Far[0], KernelScene.EchoPort), Cancel))
        {
            // The echo gives back what it hears: the slower direction, 4 Mbit/s up, rules both.
            Assert.InRange(await MeasureAsync(connection), 3_600_000, 4_400_000);
            connection.Close(timeout: 0);
        }

        await using var source = await Faucet.StartAsync(scene.Lab.Internet, 7008);
        using var stream = await device.ConnectAsync(new IPEndPoint(scene.Far[0], 7008), Cancel);
        Assert.InRange(await Streams.RateAsync(stream, Cancel), 7_200_000, 8_800_000);
    }

    [Fact]
    public async Task A_role_opens_its_destinations_only()
    {
        await using var scene = await KernelScene.StartAsync(Cancel);
        var device = scene.Lab.Clients[0];

        await scene.SignInAsync(device, Cancel, "bound");

        await KernelScene.UntilAsync(() => KernelScene.ReachesAsync(device, scene.Lab.Internet.IPv4, Cancel), TimeSpan.FromSeconds(2), Cancel);
        Assert.False(await KernelScene.ReachesAsync(device, scene.Lab.Internet.IPv4, Cancel, 80));
        Assert.False(await KernelScene.ReachesAsync(device, scene.Lab.Internet.IPv6, Cancel));
    }

    [Fact]
    public async Task A_walled_garden_of_addresses_is_open_to_everybody()
    {
        await using var scene = await KernelScene.StartAsync(Cancel, ("WalledGarden:Hosts:0", "198.51.100.0/29"));

        Assert.True(await KernelScene.ReachesAsync(scene.Lab.Clients[1], scene.Lab.Internet.IPv4, Cancel));
        Assert.Equal("200", await KernelScene.StatusAsync(scene.Lab.Clients[1], scene.Lab.Internet.IPv4, Cancel));
        var ready = await Curl.RunAsync(["-s", "-m", "5", new Uri(scene.Gateway.Admin, "/healthz/ready").AbsoluteUri], Cancel, scene.Lab.Gateway);
        Assert.Contains("the kernel does as the sessions say", ready.Output, StringComparison.Ordinal);
        Assert.False(await KernelScene.ReachesAsync(scene.Lab.Clients[1], scene.Lab.Internet.IPv6, Cancel));
    }

    [Fact]
    public async Task A_name_of_the_walled_garden_opens_what_the_resolver_answered_for_it_and_queries_are_measured()
    {
        using var folder = new TemporaryFolder("names");
        var names = folder["names.conf"];
        await using var scene = await KernelScene.StartAsync(Cancel, ("WalledGarden:Hosts:0", "*.pay.test"), ("Enforcement:DnsmasqFile", names));
        var (device, gateway) = (scene.Lab.Clients[0], scene.Lab.Gateway);
        await StartDnsmasqAsync(scene.Lab.Internet, folder.Write("far.conf", $"""
            no-resolv
            no-hosts
            address=/pay.test/{scene.Lab.Internet.IPv4}
            address=/pay.test/{scene.Lab.Internet.IPv6}
            address=/other.test/192.0.2.1
            txt-record=big.test,{Big},{Big},{Big},{Big}

            """));

        // What it answers by itself it puts into no set; what a server told it, it does.
        await StartDnsmasqAsync(gateway, folder.Write("dnsmasq.conf", $"""
            no-resolv
            no-hosts
            interface={gateway.Device}
            bind-interfaces
            server={scene.Lab.Internet.IPv4}
            conf-file={names}

            """));
        Assert.Contains("nftset=/pay.test/4#inet#nacgateway#garden_names4", await File.ReadAllTextAsync(names, Cancel), StringComparison.Ordinal);
        Assert.False(await KernelScene.ReachesAsync(device, scene.Lab.Internet.IPv4, Cancel));

        device.ResolveAt(gateway.IPv4);
        foreach (var family in (string[])["-4", "-6"])
        {
            var asked = await Curl.RunAsync(["-s", family, "-m", "5", "-o", "/dev/null", "-w", "%{http_code}", "http://www.pay.test/"], Cancel, device);
            Assert.Equal("200", asked.Output.Trim());
        }

        // What was learnt is not taken for somebody's meddling, and everything else is as closed as before.
        Assert.True(await KernelScene.ReachesAsync(device, scene.Lab.Internet.IPv4, Cancel));
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, Cancel);
        Assert.DoesNotContain("was changed by", scene.Gateway.Log, StringComparison.Ordinal);

        // A tunnel through the resolver: 500 queries at once, of which a burst of a hundred and what comes after in measure is answered.
        using var tunnel = await device.InsideAsync(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        await tunnel.ConnectAsync(new IPEndPoint(gateway.IPv4, 53), Cancel);
        byte[] query = [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. "\u0005other\u0004test\0"u8, 0, 1, 0, 1];
        for (var number = 0; number < 500; number++)
        {
            (query[0], query[1]) = ((byte)(number >> 8), (byte)number);
            await tunnel.SendAsync(query, Cancel);
        }

        Assert.InRange(await AnswersAsync(tunnel), 50, 250);

        // And for as long as it goes on: twenty answers a second, here of a thousand octets. README says what that carries.
        byte[] large = [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, .. "\u0003big\u0004test\0"u8, 0, 16, 0, 1, 0, 0, 41, 0x04, 0xd0, 0, 0, 0, 0, 0, 0];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var asking = AskOnAsync(tunnel, large, stop.Token);
        var began = TimeProvider.System.GetTimestamp();
        var octets = await OctetsAsync(tunnel, TimeSpan.FromSeconds(5));
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        await stop.CancelAsync();
        await asking;
        Assert.InRange(octets * 8 / seconds, 60_000, 300_000);
    }

    private static async Task AskOnAsync(Socket socket, byte[] query, CancellationToken cancellationToken)
    {
        try
        {
            for (ushort number = 1; ; number++)
            {
                (query[0], query[1]) = ((byte)(number >> 8), (byte)number);
                await socket.SendAsync(query, cancellationToken);
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Long enough.
        }
    }

    private static async Task<long> OctetsAsync(Socket socket, TimeSpan time)
    {
        long octets = 0;
        var buffer = new byte[4096];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(time);
        try
        {
            while (true)
            {
                octets += await socket.ReceiveAsync(buffer, limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            return octets;
        }
    }

    private static async Task StartDnsmasqAsync(NetNamespace inside, string configuration)
    {
        var dnsmasq = inside.Start(Component.Require("dnsmasq", "dnsmasq-base"), ["--keep-in-foreground", "--user=root", "--pid-file=", "--log-facility=-", $"--conf-file={configuration}"]);
        await dnsmasq.WaitForLineAsync(line => line.Contains("started, version", StringComparison.Ordinal), Cancel);
    }

    private static async Task<int> AnswersAsync(Socket socket)
    {
        var answers = 0;
        var buffer = new byte[512];
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        try
        {
            while (true)
            {
                silence.CancelAfter(TimeSpan.FromSeconds(1));
                await socket.ReceiveAsync(buffer, silence.Token);
                answers++;
            }
        }
        catch (OperationCanceledException)
        {
            return answers;
        }
    }

    private static (long Input, long Output, string? Ended) Recorded(KernelScene scene)
    {
        using var database = new SqliteConnection($"Data Source={scene.Gateway.Folder["nacgateway.db"]};Mode=ReadOnly");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = "select InputOctets, OutputOctets, EndedAt from Sessions";
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        return (reader.GetInt64(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetString(2));
    }

    private static async Task SendAndHearAsync(Socket connection, int octets)
    {
        var sending = connection.SendAsync(new byte[octets], Cancel).AsTask();
        var buffer = new byte[65_536];
        for (var heard = 0; heard < octets;)
        {
            heard += await Streams.HearAsync(connection, buffer, Cancel);
        }

        await sending;
    }

    /// <summary>Bits per second that come back of an endless upload, after the bucket's first filling has gone.</summary>
    private static async Task<double> MeasureAsync(Socket connection)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var sending = Task.Run(
            async () =>
            {
                var piece = new byte[16_384];
                while (!stop.IsCancellationRequested)
                {
                    await connection.SendAsync(piece, stop.Token);
                }
            },
            Cancel);
        var rate = await Streams.RateAsync(connection, Cancel);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        return rate;
    }
}
