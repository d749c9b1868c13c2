using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NacGateway.Benchmarks.Radius;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Web.Desk;
using NacGateway.Web.Hosting;
using NacGateway.Web.Hosting.Listeners;

namespace NacGateway.Benchmarks.Desk;

/// <summary>The process of a whole gateway in which a hundred sessions begin and a hundred end each second, through the same doors as those of people. Whoever asks is an administrator.</summary>
internal static class LivePeer
{
    private const int Open = 2_000;
    private const int AtOnce = 5;
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(string folder)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder, "gateway.db")}",
            ["Gate:Listen"] = "127.0.0.1:0",
            ["Portal:Listen"] = "127.0.0.1:0",
            ["Admin:Listen"] = "127.0.0.1:0",
            ["Radius:Servers:0:Name"] = "dc-1",
            ["Radius:Servers:0:Host"] = "127.0.0.1",
            ["Radius:Servers:0:Secret"] = RadiusUsers.Secret,
            ["Accounting:Enabled"] = "false",
            ["Live:StreamsPerUser"] = "100",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        await using var app = GatewayHost.Build(
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), services => services.Replace(ServiceDescriptor.Singleton<IDeskAuthentication, Anybody>()));
        await app.StartAsync();
        var manager = app.Services.GetRequiredService<SessionManager>();
        var open = new ConcurrentQueue<string>();
        var next = 0;
        foreach (var some in Enumerable.Range(0, Open).Chunk(200))
        {
            await Task.WhenAll(some.Select(_ => OpenAsync(manager, open, Interlocked.Increment(ref next))));
        }

        Console.WriteLine($"listening on {app.Services.GetRequiredService<GatewayListeners>().Find(ListenerKind.Admin)!.LocalUrl.Port}");
        using var timer = new PeriodicTimer(s_tick, TimeProvider.System);
        while (await timer.WaitForNextTickAsync())
        {
            await Task.WhenAll(Enumerable.Range(0, AtOnce).SelectMany(_ => new[] { OpenAsync(manager, open, Interlocked.Increment(ref next)), CloseAsync(manager, open) }));
        }

        return 0;
    }

    private static async Task OpenAsync(SessionManager manager, ConcurrentQueue<string> open, int number)
    {
        var opening = new SessionOpening
        {
            AcctSessionId = AcctSessionIds.Next(TimeProvider.System),
            UserName = string.Create(CultureInfo.InvariantCulture, $"user{number % 1000}@example.org"),
            ClientAddress = new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]),
            CallingStationId = string.Create(CultureInfo.InvariantCulture, $"02-00-5E-{number >> 16 & 255:X2}-{number >> 8 & 255:X2}-{number & 255:X2}"),
            Limits = new SessionLimits { SessionTimeout = TimeSpan.FromHours(8), Role = number % 3 == 0 ? "guest" : "staff" },
            ServerName = "dc-1",
        };
        if (await manager.OpenAsync(opening, CancellationToken.None) is OpenOutcome.Opened)
        {
            open.Enqueue(opening.AcctSessionId);
        }
    }

    private static async Task CloseAsync(SessionManager manager, ConcurrentQueue<string> open)
    {
        if (open.TryDequeue(out var id))
        {
            await manager.CloseAsync(id, AcctTerminateCause.UserRequest, CancellationToken.None);
        }
    }

    /// <summary>Lets everybody in, for sign-ins are not what is measured.</summary>
    private sealed class Anybody : IDeskAuthentication
    {
        public Task<DeskUser?> AuthenticateAsync(Microsoft.AspNetCore.Http.HttpContext context, CancellationToken cancellationToken) =>
            Task.FromResult<DeskUser?>(new DeskUser { Name = "ada", Role = Core.Administration.DeskRole.Administrator, Source = IPAddress.Loopback });
    }
}
