using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NacGateway.Core;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Migrations.Sqlite;
using NacGateway.TestKit;
using NacGateway.Web.Gate;
using NacGateway.Web.Gate.Forwarding;
using NacGateway.Web.Gate.Interception;
using NacGateway.Web.Hosting.Listeners;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>
/// The gate on a real Kestrel over real sessions in a real database. Clients come from loopback addresses of their own, so a test's
/// session is no other test's. 127.0.0.1 is open to them, every other private address is not.
/// </summary>
internal sealed class GateSite : IAsyncDisposable
{
    public const string Portal = "http://login.example.test/portal";

    private readonly TemporaryFolder _folder = new("gate");
    private readonly WebApplication _app;
    private int _clients;

    private GateSite(Action<HttpContext>? answered, Action<KestrelServerOptions>? serverOptions, IEnumerable<(string Key, string Value)> settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(Defaults.Concat(settings).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(Log);
        builder.WebHost.ConfigureKestrel(server =>
        {
            ServerLimits.Apply(server, new LimitsOptions());
            GateListener.Configure(server);
            serverOptions?.Invoke(server);
            server.Listen(IPAddress.Loopback, 0, listener =>
            {
                GateListener.Configure(listener);
                listener.Use(next => connection =>
                {
                    if (Original is { } original)
                    {
                        connection.Features.Set(new OriginalDestination(original));
                    }

                    return next(connection);
                });
            });
        });
        builder.Services.AddSingleton<INameResolver>(Names.Answer("origin.test", "127.0.0.1").Answer("inward.test", "127.0.0.2"));
        builder.Services.AddGatewayCore(builder.Configuration, database => SqliteStorage.Use(database, $"Data Source={_folder["gate.db"]}"));
        builder.Services.AddGate(builder.Configuration);
        _app = builder.Build();
        Services.GetRequiredService<PortalLink>().Publish(new Uri(Portal));
        var gate = Services.GetRequiredService<GateEndpoint>();
        _app.Run(async context =>
        {
            try
            {
                await gate.InvokeAsync(context);
            }
            finally
            {
                answered?.Invoke(context);
                Answered.Release();
            }
        });
    }

    public IServiceProvider Services => _app.Services;

    public Names Names { get; } = new();

    /// <summary>Released once for each request that the gate is done with.</summary>
    public SemaphoreSlim Answered { get; } = new(0);

    public LogLines Log { get; } = new();

    /// <summary>Where connections that are opened from now on were going before a rule of the kernel led them to the gate; null for to the gate itself.</summary>
    public IPEndPoint? Original { get; set; }

    public IPEndPoint EndPoint => IPEndPoint.Parse(new Uri(_app.Urls.First()).Authority);

    private static (string Key, string Value)[] Defaults { get; } =
    [
        ("Gate:AllowedPrivateDestinations:0", "127.0.0.1"),
        ("Radius:Servers:0:Name", "main"), ("Radius:Servers:0:Host", "127.0.0.1"), ("Radius:Servers:0:Secret", "a-secret-of-enough-octets"),
        ("Accounting:Enabled", "false"),
    ];

    public static Task<GateSite> StartAsync(params (string Key, string Value)[] settings) => StartAsync(answered: null, settings);

    /// <param name="answered">Sees each request when the gate is done with it.</param>
    /// <param name="settings">Keys and values over the defaults.</param>
    public static async Task<GateSite> StartAsync(Action<HttpContext>? answered, params (string Key, string Value)[] settings)
    {
        var site = new GateSite(answered, serverOptions: null, settings);
        await site._app.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    /// <param name="serverOptions">Changes the server's limits.</param>
    public static async Task<GateSite> StartAsync(Action<KestrelServerOptions> serverOptions)
    {
        var site = new GateSite(answered: null, serverOptions, settings: []);
        await site._app.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    /// <summary>An address that no other test's client has.</summary>
    public IPAddress NewClient()
    {
        var number = Interlocked.Increment(ref _clients);
        return new IPAddress([127, 77, (byte)(number >> 8), (byte)number]);
    }

    public Task<RawConnection> ConnectAsync(IPAddress client) => RawConnection.OpenAsync(EndPoint, client, TestContext.Current.CancellationToken);

    public async Task<ActiveSession> SignInAsync(IPAddress client, SessionLimits? limits = null)
    {
        var outcome = await Services.GetRequiredService<SessionManager>().OpenAsync(
            new SessionOpening { AcctSessionId = Guid.NewGuid().ToString("N"), UserName = client.ToString(), ClientAddress = client, Limits = limits ?? new SessionLimits(), ServerName = "main" },
            TestContext.Current.CancellationToken);
        return Assert.IsType<OpenOutcome.Opened>(outcome).Session;
    }

    public async Task SignOutAsync(ActiveSession session) =>
        Assert.True(await Services.GetRequiredService<SessionManager>().CloseAsync(session.AcctSessionId, AcctTerminateCause.UserRequest, TestContext.Current.CancellationToken));

    /// <summary>A connection of a new client that has signed in.</summary>
    public async Task<(RawConnection Connection, ActiveSession Session)> ConnectSignedInAsync(SessionLimits? limits = null)
    {
        var client = NewClient();
        var session = await SignInAsync(client, limits);
        return (await ConnectAsync(client), session);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Answered.Dispose();
        _folder.Dispose();
    }
}
