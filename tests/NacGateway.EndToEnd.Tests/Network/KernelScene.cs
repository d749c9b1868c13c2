using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NacGateway.TestKit;
using NacGateway.TestKit.Network;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Network;

/// <summary>A router whose kernel opens and closes: two devices, the gateway with FreeRADIUS beside it, and an echo and a site on the far side.</summary>
internal sealed class KernelScene : IAsyncDisposable
{
    /// <summary>What nobody may reach before sign-in.</summary>
    public const int EchoPort = 7007;

    private const string Rates = """
        slow	Cleartext-Password := "wonderland"
        	WISPr-Bandwidth-Max-Up = 4000000,
        	WISPr-Bandwidth-Max-Down = 8000000

        bound	Cleartext-Password := "wonderland"
        	Filter-Id = "bound"

        capped	Cleartext-Password := "wonderland"
        	Filter-Id = "capped"

        metered	Cleartext-Password := "wonderland"
        	Filter-Id = "metered"

        restless	Cleartext-Password := "wonderland"
        	Idle-Timeout = 3

        """;

    private readonly TemporaryFolder _folder = new("kernel");
    private readonly FreeRadiusServer _radius;

    private KernelScene(NetLab lab, FreeRadiusServer radius, Origin origin, EchoServer echo) => (Lab, _radius, Origin, Echo) = (lab, radius, origin, echo);

    public NetLab Lab { get; }

    public Origin Origin { get; }

    public EchoServer Echo { get; }

    public GatewayProcess Gateway { get; private set; } = null!;

    /// <summary>The far side's addresses: what one family may, the other may, too.</summary>
    public IPAddress[] Far => [Lab.Internet.IPv4, Lab.Internet.IPv6];

    public static async Task<KernelScene> StartAsync(CancellationToken cancellationToken, params IEnumerable<(string Key, string? Value)> settings)
    {
        Assert.SkipWhen(NetLab.Missing is not null, NetLab.Missing ?? "");
        var lab = await NetLab.CreateAsync(2, cancellationToken);
        KernelScene? scene = null;
        try
        {
            var radius = await FreeRadiusServer.StartAsync(new FreeRadiusOptions { Users = FreeRadiusOptions.People + Rates }, cancellationToken, lab.Gateway);
            scene = new KernelScene(lab, radius, await Origin.StartAsync(cancellationToken, lab.Internet), await EchoServer.StartAsync(lab.Internet, EchoPort));
            scene.Gateway = await GatewayProcess.StartAsync(scene.Settings(settings), cancellationToken, lab.Gateway);
            return scene;
        }
        catch
        {
            await (scene?.DisposeAsync() ?? lab.DisposeAsync());
            throw;
        }
    }

    /// <summary>Signs a device in over one family; the gateway knows its other addresses by itself.</summary>
    public async Task SignInAsync(NetNamespace device, CancellationToken cancellationToken, string user = "alice", bool isIPv6 = false)
    {
        using var person = Person(device, isIPv6);
        await person.SignInAsync(user, "wonderland", cancellationToken);
        Assert.Equal("/portal/status", person.Path);
    }

    public async Task SignOutAsync(NetNamespace device, CancellationToken cancellationToken)
    {
        using var person = Person(device, isIPv6: false);
        await person.OpenAsync("/portal/status", cancellationToken);
        await person.SubmitAsync("/portal/log-off", [], cancellationToken);
    }

    /// <summary>Whether a device's TCP connection to the far side's echo comes about, and is answered.</summary>
    public static async Task<bool> ReachesAsync(NetNamespace device, IPAddress far, CancellationToken cancellationToken, int port = EchoPort)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            using var connection = await device.ConnectAsync(new IPEndPoint(far, port), limit.Token);
            return await EchoesAsync(connection, limit.Token);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    /// <summary>Whether a connection that is open still carries something there and back, within a second; octets sent before are heard first.</summary>
    public static async Task<bool> EchoesAsync(Socket connection, CancellationToken cancellationToken, int before = 0)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            var sent = Encoding.ASCII.GetBytes(Guid.NewGuid().ToString());
            await connection.SendAsync(sent, limit.Token);
            var heard = new byte[before + sent.Length];
            for (var count = 0; count < heard.Length;)
            {
                var octets = await connection.ReceiveAsync(heard.AsMemory(count), limit.Token);
                if (octets == 0)
                {
                    return false;
                }

                count += octets;
            }

            return sent.AsSpan().SequenceEqual(heard.AsSpan(before));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    /// <summary>The status of a device's web request.</summary>
    public static async Task<string> StatusAsync(NetNamespace device, IPAddress far, CancellationToken cancellationToken)
    {
        var host = far.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{far}]" : far.ToString();
        var curl = await Curl.RunAsync(["-s", "-m", "3", "-o", "/dev/null", "-w", "%{http_code}", $"http://{host}/"], cancellationToken, device);
        return curl.Output.Trim();
    }

    /// <summary>Runs nft in the gateway's namespace.</summary>
    public async Task<string> NftAsync(string command, CancellationToken cancellationToken) =>
        (await Lab.Gateway.RunAsync(Component.Require("nft", "nftables"), [command], cancellationToken)).OrThrow();

    /// <summary>Waits until something is so; throws when it has not been for so long.</summary>
    public static async Task<TimeSpan> UntilAsync(Func<Task<bool>> isSo, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < atMost, "It did not come about in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        return TimeProvider.System.GetElapsedTime(began);
    }

    public async ValueTask DisposeAsync()
    {
        if (Gateway is not null)
        {
            await Gateway.DisposeAsync();
        }

        await Echo.DisposeAsync();
        await Origin.DisposeAsync();
        await _radius.DisposeAsync();
        await Lab.DisposeAsync();
        _folder.Dispose();
    }

    private Person Person(NetNamespace device, bool isIPv6)
    {
        var address = isIPv6 ? Lab.Gateway.IPv6 : Lab.Gateway.IPv4;
        var portal = new Uri($"http://{(isIPv6 ? $"[{address}]" : address)}:8081/");
        var handler = device.CreateHttpHandler(_ => address);
        handler.AllowAutoRedirect = true;
        return new Person(portal, portal, handler: handler);
    }

    private Dictionary<string, string?> Settings(IEnumerable<(string Key, string? Value)> more)
    {
        var policy = _folder.Write("policies.json", $$"""
            { "roles": [ { "name": "bound", "destinations": [ "deny {{Lab.Internet.IPv4}}:80", "allow {{Lab.Internet.IPv4}}" ] },
              { "name": "capped", "limits": { "outputQuota": "1M", "throttleRate": "4M" } },
              { "name": "metered", "limits": { "inputQuota": "200k" } } ] }
            """);
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Gate:Listen"] = "[::]:8080",
            ["Portal:Listen"] = "[::]:8081",
            ["Portal:PublicUrl"] = $"http://{Lab.Gateway.IPv4}:8081",
            ["Enforcement:Mode"] = "Nftables",
            ["Enforcement:LanInterfaces:0"] = Lab.Gateway.Device,
            ["Enforcement:CounterInterval"] = "00:00:01",
            ["Policy:File"] = policy,
            ["Radius:Servers:0:Name"] = "radius-a",
            ["Radius:Servers:0:Host"] = "127.0.0.1",
            ["Radius:Servers:0:AuthenticationPort"] = _radius.EndPoint.Port.ToString(CultureInfo.InvariantCulture),
            ["Radius:Servers:0:Secret"] = _radius.Options.Secret,
            ["Accounting:Enabled"] = "false",
        };
        foreach (var (key, value) in more)
        {
            all[key] = value;
        }

        return all;
    }
}
