using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Web.Tests.Admin.Radius;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Walk;

/// <summary>One gateway with the data of a busy day in every state that its pages know: three servers of which one answers, accounting that nobody takes, hostile texts wherever a text may come.</summary>
public sealed class RichDesk : IAsyncLifetime
{
    private readonly Socket _silent = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly OddRadiusServer _forger = new(isUnsigned: false);
    private Dictionary<string, string> _places = new(StringComparer.Ordinal);

    public DeskSite Desk { get; private set; } = null!;

    /// <summary>A path of <see cref="DeskPages"/> with the ids of this gateway in the places of its names.</summary>
    public string PathOf(string path) => _places.Aggregate(path, (text, place) => text.Replace($"{{{place.Key}}}", place.Value, StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        _silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Desk = new DeskSite { Seed = SeedAsync, More = Settings() };
        await Desk.InitializeAsync();
        await DeskVisits.MakeAsync(Desk);
        await using var database = await Desk.DatabaseAsync();
        await StorySeed.AddElsewhereAsync(database, TimeProvider.System.GetUtcNow());
        var decisions = database.Set<PolicyDecision>().AsNoTracking().OrderByDescending(row => row.Id);
        _places = new(StringComparer.Ordinal)
        {
            ["signed-in"] = await database.Set<Session>().Where(row => row.UserName == "alice").Select(row => row.AcctSessionId).SingleAsync(TestContext.Current.CancellationToken),
            ["granted"] = await IdAsync(decisions.Where(row => row.UserName == "alice")),
            ["challenged"] = await IdAsync(decisions.Where(row => row.UserName == "bob")),
            ["rejected"] = await IdAsync(decisions.Where(row => row.UserName == "mallory")),
            ["hostile"] = await IdAsync(decisions.Where(row => row.AcctSessionId == StorySeed.Hostile)),
        };

        static async Task<string> IdAsync(IQueryable<PolicyDecision> rows) =>
            (await rows.Select(row => row.Id).FirstAsync(TestContext.Current.CancellationToken)).ToString(CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        await _forger.DisposeAsync();
        _silent.Dispose();
    }

    private static async Task SeedAsync(GatewayDbContext database)
    {
        var now = TimeProvider.System.GetUtcNow();
        await DeskPages.SeedAsync(database);
        await StorySeed.AddAsync(database, now);
        await FigureSeed.AddAsync(database, now);
    }

    private Dictionary<string, string?> Settings()
    {
        var silent = ((IPEndPoint)_silent.LocalEndPoint!).Port;
        Dictionary<string, string?> settings = new(StringComparer.Ordinal)
        {
            ["Accounting:Enabled"] = "true",
            ["Radius:LoginBudget"] = "00:00:02",
            ["Radius:Servers:0:Priority"] = "0",
            ["Radius:Servers:0:AccountingPort"] = Text(silent),
            ["WalledGarden:Hosts:0"] = "help.invalid",
        };
        Add(1, "dc-2", silent);
        Add(2, "dc-3", _forger.Port);
        return settings;

        void Add(int number, string name, int port)
        {
            var key = $"Radius:Servers:{Text(number)}";
            settings[$"{key}:Name"] = name;
            settings[$"{key}:Host"] = "127.0.0.1";
            settings[$"{key}:AuthenticationPort"] = Text(port);
            settings[$"{key}:AccountingPort"] = Text(silent);
            settings[$"{key}:Secret"] = OddRadiusServer.Secret;
            settings[$"{key}:Priority"] = Text(number);
        }

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
