using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NacGateway.Aaa;
using NacGateway.Core.Administration;
using NacGateway.Core.Storage;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using NacGateway.Web.Desk;
using NacGateway.Web.Gate;
using NacGateway.Web.Hosting;
using NacGateway.Web.Hosting.Listeners;
using Xunit;

namespace NacGateway.Web.Tests.Admin;

/// <summary>The whole gateway on free ports with a RADIUS server of its own, in this process, for tests of the administrator's desk.</summary>
public sealed class DeskSite : IAsyncLifetime
{
    private const string Secret = "a secret between two tests";

    private const string Users = """
        { "users": [
          { "name": "alice", "password": "wonderland", "reply": [ "Session-Timeout = 3600", "Idle-Timeout = 600" ] },
          { "name": "bob", "password": "builder", "oneTimeCode": "123456" },
          { "name": "ada", "password": "analytical", "reply": [ "Service-Type = Administrative-User", "Filter-Id = nac-admin" ] },
          { "name": "carl", "password": "sagan's cosmos", "oneTimeCode": "424242", "question": "Code <b>please</b>", "echo": true, "reply": [ "Management-Privilege-Level = 7", "Session-Timeout = 600" ] },
          { "name": "frank", "password": "framed", "reply": [ "Service-Type = Framed-User", "Filter-Id = nac-admin" ] },
          { "name": "nora", "password": "prompted", "reply": [ "Service-Type = NAS-Prompt-User", "Filter-Id = nac-admin" ] },
          { "name": "gateway", "password": "reserved", "reply": [ "Filter-Id = nac-admin" ] },
          { "name": "mask", "password": "canonical", "reply": [ "Filter-Id = nac-admin", "User-Name = local-1" ] },
          { "name": "eve", "reject": true, "rejectMessage": "account <b>locked</b>" },
          { "name": "mallory", "reject": true, "rejectMessage": "<img src=x onerror=window.hit=1> \u202egpj.exe" },
          { "name": "olga", "password": "opera", "reply": [ "Reply-Message = \"<script>window.hit=1</script>\"", "Session-Timeout = 3600" ] }
        ] }
        """;

    private readonly TemporaryFolder _folder = new("desk");
    private readonly FakeLogCollector _log = new();
    private AaaServer? _radius;
    private WebApplication? _app;

    /// <summary>Whether the real sign-in of administrators is in place; otherwise a header says who asks.</summary>
    public bool RealAccess { get; init; }

    /// <summary>Settings of one test, which win over the common ones.</summary>
    public IReadOnlyDictionary<string, string?> More { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Rows that are there before the gateway starts, such as open sessions; null for none.</summary>
    public Func<GatewayDbContext, Task>? Seed { get; init; }

    public Uri Admin { get; private set; } = null!;

    public Uri Portal { get; private set; } = null!;

    public Uri Gate { get; private set; } = null!;

    public IReadOnlyList<FakeLogRecord> Log => _log.GetSnapshot();

    public T Service<T>()
        where T : notnull => _app!.Services.GetRequiredService<T>();

    /// <summary>A context of the database, for seeding and for looking.</summary>
    public Task<GatewayDbContext> DatabaseAsync() => Service<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

    /// <summary>A client of the desk with a role; null for nobody.</summary>
    internal HttpClient Client(DeskRole? role, string name = "tester")
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = Admin };
        if (role is not null)
        {
            client.DefaultRequestHeaders.Add(HeaderAuthentication.Role, role.ToString());
            client.DefaultRequestHeaders.Add(HeaderAuthentication.Name, name);
        }

        return client;
    }

    public async ValueTask InitializeAsync()
    {
        _radius = AaaServer.Start(
            new AaaServerSettings
            {
                Users = UserDirectory.Load(_folder.Write("users.json", Users)),
                Authentication = new IPEndPoint(IPAddress.Loopback, 0),
                Nas = [new NasEntry(IPNetwork.Parse("127.0.0.0/8"), System.Text.Encoding.UTF8.GetBytes(Secret), "gateway")],
            },
            TimeProvider.System);
        await StartAsync([]);
    }

    /// <summary>Stops the gateway and starts it anew: on the same database, at the same address of the desk.</summary>
    /// <param name="meanwhile">What is done while it is away.</param>
    public async Task RestartAsync(Func<Task> meanwhile)
    {
        ArgumentNullException.ThrowIfNull(meanwhile);
        await StopAsync();
        await meanwhile();
        await StartAsync(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Admin:Listen"] = $"127.0.0.1:{Admin.Port.ToString(CultureInfo.InvariantCulture)}" });
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_radius is not null)
        {
            await _radius.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task StartAsync(Dictionary<string, string?> last)
    {
        var isFirst = _app is null;
        _app = GatewayHost.Build(
            new ConfigurationBuilder().AddInMemoryCollection(Settings(_radius!.AuthenticationEndPoint.Port)).AddInMemoryCollection(More).AddInMemoryCollection(last).Build(),
            services =>
            {
                if (!RealAccess)
                {
                    services.Replace(ServiceDescriptor.Singleton<IDeskAuthentication, HeaderAuthentication>());
                }
            });
        _app.Services.GetRequiredService<ILoggerFactory>().AddProvider(new FakeLoggerProvider(_log));
        if (isFirst && Seed is not null)
        {
            await Service<DatabaseMigration>().ApplyAsync(TestContext.Current.CancellationToken);
            await using var database = await DatabaseAsync();
            await Seed(database);
        }

        await _app.StartAsync(TestContext.Current.CancellationToken);
        var listeners = _app.Services.GetRequiredService<GatewayListeners>();
        Admin = listeners.Find(ListenerKind.Admin)!.LocalUrl;
        Portal = listeners.Find(ListenerKind.Portal)!.LocalUrl;
        Gate = listeners.Find(ListenerKind.Gate)!.LocalUrl;
        _app.Services.GetRequiredService<PortalLink>().Publish(Portal);
    }

    private async Task StopAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }
    }

    private Dictionary<string, string?> Settings(int radiusPort) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Storage:ConnectionString"] = $"Data Source={_folder["gateway.db"]}",
        ["Gate:Listen"] = "127.0.0.1:0",
        ["Portal:Listen"] = "127.0.0.1:0",
        ["Admin:Listen"] = "127.0.0.1:0",
        ["Radius:Servers:0:Name"] = "dc-1",
        ["Radius:Servers:0:Host"] = "127.0.0.1",
        ["Radius:Servers:0:AuthenticationPort"] = radiusPort.ToString(CultureInfo.InvariantCulture),
        ["Radius:Servers:0:Secret"] = Secret,
        ["Accounting:Enabled"] = "false",
    };
}
