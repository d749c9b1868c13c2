using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;

namespace NacGateway.Core.Tests.Coa;

/// <summary>A gateway with four people online, and a client that may change that. Who was ended is online again for the next case.</summary>
internal sealed class CoaScene : IAsyncDisposable
{
    public const string AliceStation = "02-00-5E-10-00-01";
    private static readonly byte[] s_identity = "chargeable"u8.ToArray();

    private CoaScene(Gateways gateway)
    {
        Gateway = gateway;
        Client = new CoaClient(gateway);
    }

    public Gateways Gateway { get; }

    public CoaClient Client { get; }

    /// <summary>On two devices; this is the one whose station is known.</summary>
    public ActiveSession Alice { get; private set; } = null!;

    public ActiveSession AliceElsewhere { get; private set; } = null!;

    /// <summary>With a Chargeable-User-Identity.</summary>
    public ActiveSession Bob { get; private set; } = null!;

    /// <summary>By IPv6.</summary>
    public ActiveSession Carol { get; private set; } = null!;

    public static async Task<CoaScene> StartAsync(PostgreSqlServer postgres, params (string Key, string Value)[] settings)
    {
        var scene = new CoaScene(await Gateways.StartAsync(StorageProvider.Sqlite, postgres, [.. CoaClient.Settings, ("Radius:CalledStationId", "02-00-5E-00-53-01:Guests"), ("Radius:NasPortId", "lan0"), .. settings]));
        await scene.FillAsync();
        return scene;
    }

    /// <summary>Everybody is online.</summary>
    public async Task FillAsync()
    {
        Alice = await OnlineAsync(Alice, Openings.Of("alice", "192.0.2.1", TimeSpan.FromHours(1)) with { CallingStationId = AliceStation });
        AliceElsewhere = await OnlineAsync(AliceElsewhere, Openings.Of("alice", "192.0.2.2", TimeSpan.FromHours(1)));
        Bob = await OnlineAsync(Bob, Openings.Of("bob", "192.0.2.3", TimeSpan.FromHours(1)) with { ChargeableUserIdentity = s_identity });
        Carol = await OnlineAsync(Carol, Openings.Of("carol", "2001:db8:1:2:3:4:5:6", TimeSpan.FromHours(1)));
    }

    /// <summary>Everything that a request could have changed, of everybody.</summary>
    public IReadOnlyList<string> State() => [.. Gateway.Table.Snapshot()
        .OrderBy(session => session.AcctSessionId, StringComparer.Ordinal)
        .Select(session => $"{session.AcctSessionId} {session.Limits} {session.Message} {session.Reauthenticates}")];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Gateway.DisposeAsync();
    }

    private async Task<ActiveSession> OnlineAsync(ActiveSession? session, SessionOpening opening) =>
        session is not null && Gateway.Table.TryGet(session.AcctSessionId, out var current) ? current : await Gateway.OpenAsync(opening);
}
