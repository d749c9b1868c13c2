using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NacGateway.TestKit;
using NacGateway.TestKit.Network;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Network;

/// <summary>A gateway between clients and the far side that knows its devices, with a RADIUS server beside it.</summary>
internal sealed class DeviceScene : IAsyncDisposable
{
    private static readonly IPAddress s_version4 = IPAddress.Parse("10.77.0.1");
    private static readonly IPAddress s_version6 = IPAddress.Parse("fd77::1");
    private static readonly Uri s_portal = new("http://10.77.0.1:8081/");
    private static readonly Uri s_gate = new("http://10.77.0.1:8080/");

    private DeviceScene(NetLab lab, FreeRadiusServer radius, GatewayProcess gateway) => (Lab, Radius, Gateway) = (lab, radius, gateway);

    public NetLab Lab { get; }

    public FreeRadiusServer Radius { get; }

    public GatewayProcess Gateway { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<DeviceScene> StartAsync(int clients, FreeRadiusOptions? radius = null, params IEnumerable<(string Key, string? Value)> settings)
    {
        Assert.SkipWhen(NetLab.Missing is not null, NetLab.Missing ?? "");
        var lab = await NetLab.CreateAsync(clients, Cancel);
        FreeRadiusServer? server = null;
        try
        {
            server = await FreeRadiusServer.StartAsync(radius ?? new FreeRadiusOptions(), Cancel, lab.Gateway);
            Dictionary<string, string?> all = new(StringComparer.OrdinalIgnoreCase)
            {
                ["Gate:Listen"] = "[::]:8080",
                ["Portal:Listen"] = "[::]:8081",
                ["Portal:PublicUrl"] = s_portal.AbsoluteUri,
                ["Enforcement:LanInterfaces:0"] = lab.Gateway.Device,
                ["Accounting:Enabled"] = "false",
                ["Logging:LogLevel:Default"] = "Debug",
                ["Radius:Servers:0:Name"] = "main",
                ["Radius:Servers:0:Host"] = "127.0.0.1",
                ["Radius:Servers:0:AuthenticationPort"] = server.EndPoint.Port.ToString(CultureInfo.InvariantCulture),
                ["Radius:Servers:0:Secret"] = server.Options.Secret,
            };
            foreach (var (key, value) in settings)
            {
                all[key] = value;
            }

            return new DeviceScene(lab, server, await GatewayProcess.StartAsync(all, Cancel, lab.Gateway));
        }
        catch
        {
            if (server is not null)
            {
                await server.DisposeAsync();
            }

            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Signs a person in at a client's browser, by IPv4.</summary>
    public static async Task SignInAsync(NetNamespace client, string user = "alice", string password = "wonderland")
    {
        var way = client.CreateHttpHandler(_ => s_version4);
        way.AllowAutoRedirect = true;
        using var person = new Person(s_portal, s_gate, handler: way);
        await person.SignInAsync(user, password, Cancel);
        Assert.Equal("/portal/status", person.Path);
    }

    /// <summary>What the gate answers to a client: 511 before a sign-in, anything else after it.</summary>
    public static async Task<int> AskAsync(NetNamespace client, IPAddress from)
    {
        using var socket = await client.InsideAsync(() =>
        {
            var made = new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            made.Bind(new IPEndPoint(from, 0));
            return made;
        });
        await socket.ConnectAsync(new IPEndPoint(from.AddressFamily == AddressFamily.InterNetwork ? s_version4 : s_version6, 8080), Cancel);
        await socket.SendAsync(Encoding.ASCII.GetBytes("GET http://10.77.0.1:1/ HTTP/1.1\r\nHost: 10.77.0.1:1\r\nConnection: close\r\n\r\n"), Cancel);
        using var reader = new StreamReader(new NetworkStream(socket), Encoding.ASCII);
        var line = await reader.ReadLineAsync(Cancel) ?? throw new InvalidOperationException("The gate closed the connection.");
        return int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Asks until the answer is as promised, for the second that is promised.</summary>
    public async Task BecomesAsync(NetNamespace client, IPAddress from, bool isOpen)
    {
        var begun = Stopwatch.GetTimestamp();
        int answer;
        do
        {
            answer = await AskAsync(client, from);
        }
        while ((answer == 511) == isOpen && Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(1));

        Assert.True(answer == 511 != isOpen, $"{client.Name} at {from} was answered {answer} for a second.\n{Gateway.Log}");
    }

    /// <summary>Asks once.</summary>
    public async Task IsAsync(NetNamespace client, IPAddress from, bool isOpen) =>
        Assert.True(await AskAsync(client, from) == 511 != isOpen, $"{client.Name} at {from} is {(isOpen ? "kept out" : "let in")}.\n{Gateway.Log}");

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Radius.DisposeAsync();
        await Lab.DisposeAsync();
    }
}
