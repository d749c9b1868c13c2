using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NacGateway.Aaa;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using NacGateway.Web.Gate;
using NacGateway.Web.Hosting;
using NacGateway.Web.Hosting.Listeners;
using Xunit;

namespace NacGateway.Web.Tests.Portal;

/// <summary>The whole gateway on free ports with a RADIUS server of its own, in this process so that its log can be read.</summary>
public sealed class PortalSite : IAsyncLifetime
{
    /// <summary>What eve is told: markup, a line break and a mark that turns text around.</summary>
    public const string RejectMessage = "See <b>desk 4</b>\r\n & bring\u202Eyour badge";

    private const string Secret = "a secret between two tests";

    private const string Users = """
        { "users": [
          { "name": "alice", "password": "wonderland", "reply": [ "Session-Timeout = 3600", "Idle-Timeout = 600" ] },
          { "name": "zoë", "password": "Grüße aus 東京" },
          { "name": "bob", "password": "builder", "oneTimeCode": "123456", "question": "Which <code>?", "echo": true },
          { "name": "olga", "password": "yesterday", "passwordExpired": true },
          { "name": "kim", "password": "possible", "oneTimeCode": "246810" },
          { "name": "eve", "reject": true, "rejectMessage": "See <b>desk 4</b>\r\n & bring\u202Eyour badge" }
        ] }
        """;

    private readonly TemporaryFolder _folder = new("portal");
    private readonly FakeLogCollector _log = new();
    private readonly ConcurrentQueue<AaaEvent> _answers = new();
    private AaaServer? _radius;
    private WebApplication? _app;
    private int _clients;

    public bool CaptiveApiOverHttp { get; init; } = true;

    /// <summary>Settings of one test, which win over the common ones.</summary>
    public IReadOnlyDictionary<string, string?> More { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    public Uri Portal { get; private set; } = null!;

    public Uri Gate { get; private set; } = null!;

    public Uri Admin { get; private set; } = null!;

    /// <summary>Whether its RADIUS server takes accounting, and the gateway sends it.</summary>
    public bool DoesAccounting { get; init; }

    /// <summary>Every line of the log so far, with its exception.</summary>
    public IReadOnlyList<FakeLogRecord> Log => _log.GetSnapshot();

    /// <summary>Waits for a line of the log, also among those already written.</summary>
    public async Task<FakeLogRecord> WaitForLogAsync(int id, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Log.FirstOrDefault(line => line.Id.Id == id) is { } line)
            {
                return line;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>A part of the gateway.</summary>
    public T Service<T>()
        where T : notnull => _app!.Services.GetRequiredService<T>();

    /// <summary>A part of the gateway, if it has that.</summary>
    public T? Find<T>() => _app!.Services.GetService<T>();

    /// <summary>How often the RADIUS server was asked about a user.</summary>
    public int Asked(string userName) => _answers.Count(answer => answer.UserName == userName);

    /// <summary>A client with an address that no other test has.</summary>
    public PortalClient Client() => new(this, new IPAddress([127, 7, 0, (byte)Interlocked.Increment(ref _clients)]));

    public async ValueTask InitializeAsync()
    {
        _radius = AaaServer.Start(
            new AaaServerSettings
            {
                Users = UserDirectory.Load(_folder.Write("users.json", Users)),
                Authentication = new IPEndPoint(IPAddress.Loopback, 0),
                Accounting = DoesAccounting ? new IPEndPoint(IPAddress.Loopback, 0) : null,
                Nas = [new NasEntry(IPNetwork.Parse("127.0.0.0/8"), System.Text.Encoding.UTF8.GetBytes(Secret), "gateway")],
                OnAnswered = _answers.Enqueue,
            },
            TimeProvider.System);
        _app = GatewayHost.Build(new ConfigurationBuilder().AddInMemoryCollection(Settings(_radius)).AddInMemoryCollection(More).Build());
        _app.Services.GetRequiredService<ILoggerFactory>().AddProvider(new FakeLoggerProvider(_log));
        await _app.StartAsync(TestContext.Current.CancellationToken);
        var listeners = _app.Services.GetRequiredService<GatewayListeners>();
        Portal = listeners.Find(ListenerKind.Portal)!.LocalUrl;
        Gate = listeners.Find(ListenerKind.Gate)!.LocalUrl;
        Admin = listeners.Find(ListenerKind.Admin)!.LocalUrl;
        _app.Services.GetRequiredService<PortalLink>().Publish(Portal);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }

        if (_radius is not null)
        {
            await _radius.DisposeAsync();
        }

        _folder.Dispose();
    }

    private Dictionary<string, string?> Settings(AaaServer radius) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Storage:ConnectionString"] = $"Data Source={_folder["gateway.db"]}",
        ["Gate:Listen"] = "127.0.0.1:0",
        ["Portal:Listen"] = "127.0.0.1:0",
        ["Admin:Listen"] = "127.0.0.1:0",
        ["Radius:Servers:0:Name"] = "test",
        ["Radius:Servers:0:Host"] = "127.0.0.1",
        ["Radius:Servers:0:AuthenticationPort"] = radius.AuthenticationEndPoint.Port.ToString(CultureInfo.InvariantCulture),
        ["Radius:Servers:0:AccountingPort"] = (radius.AccountingEndPoint?.Port ?? 1813).ToString(CultureInfo.InvariantCulture),
        ["Radius:Servers:0:Secret"] = Secret,
        ["Accounting:Enabled"] = DoesAccounting ? "true" : "false",
        ["Portal:CaptiveApiOverHttp"] = CaptiveApiOverHttp ? "true" : null,
        ["Logging:LogLevel:Default"] = "Trace",
    };
}
