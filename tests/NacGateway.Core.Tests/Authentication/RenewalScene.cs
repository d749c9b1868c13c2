using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Core.Tests.Coa;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

/// <summary>A gateway with one person online who was accepted by a server that can be asked about him again.</summary>
internal sealed class RenewalScene : IAsyncDisposable
{
    /// <summary>State of the first Accept: with a NUL and with octets that are no text.</summary>
    public static readonly byte[] State = [1, 2, 0, 3, 0xff];

    private RenewalScene(UdpResponder server, Gateways gateway)
    {
        Server = server;
        Gateway = gateway;
    }

    public UdpResponder Server { get; }

    public Gateways Gateway { get; }

    /// <summary>As the gate knows it now; null when it does not.</summary>
    public ActiveSession? Session { get => Gateway.Table.TryGet(field!.AcctSessionId, out var current) ? current : null; private set; }

    public static async Task<RenewalScene> StartAsync(StorageProvider provider, PostgreSqlServer postgres, Func<RadiusPacket, RadiusPacket?> answer, Func<SessionOpening, SessionOpening>? opening = null, params IEnumerable<(string Key, string Value)> settings)
    {
        var server = new UdpResponder(answer);
        var port = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var scene = new RenewalScene(server, await Gateways.StartAsync(provider, postgres, [("Radius:Servers:0:AuthenticationPort", port), .. CoaClient.Settings, .. settings]));
        var alice = Openings.Of() with
        {
            ServerName = "first",
            State = State,
            Reauthenticates = true,
            Limits = new SessionLimits { SessionTimeout = TimeSpan.FromSeconds(100) },
            CallingStationId = "02-00-5E-10-00-01",
        };
        scene.Session = await scene.Gateway.OpenAsync(opening?.Invoke(alice) ?? alice);
        return scene;
    }

    /// <summary>Turns the clock to the session's end, and lets the sweeper come by.</summary>
    public async Task ComeToTheEndAsync(int seconds = 100)
    {
        Gateway.Time.Advance(TimeSpan.FromSeconds(seconds));
        await Gateway.Sweeper.SweepAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits in real time, for what goes over sockets, and turns the clock a little each time where the budget is to run out.</summary>
    public async Task WaitAsync(Func<bool> isSo, TimeSpan step = default)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!isSo())
        {
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            Gateway.Time.Advance(step);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Server.DisposeAsync();
    }
}
