using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NacGateway.Benchmarks.Radius;
using NacGateway.Core;
using NacGateway.Core.Accounting;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Migrations.Sqlite;

namespace NacGateway.Benchmarks.Accounting;

/// <summary>How fast the outbox drains into a server that keeps up: from the file to the acknowledgement and out of the file, in order per session.</summary>
internal static partial class OutboxMeasurement
{
    private const int SessionCount = 30_000;
    private const int Records = 2 * SessionCount;
    private const double Least = 5_000;
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_most = TimeSpan.FromMinutes(2);

    /// <summary>Measures and enters the row.</summary>
    public static async Task RunAsync(ResultTable table, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync("Outbox");
        var folder = Directory.CreateTempSubdirectory("nacgateway-bench-");
        try
        {
            var users = Path.Combine(folder.FullName, "users");
            await File.WriteAllTextAsync(users, "alice Cleartext-Password := \"wonderland\"\n", cancellationToken);
            await using var server = ChildProcess.StartDotnet("nac-harness.dll", core: null, ["aaa", "--users", users, "--listen", "127.0.0.1:0", "--quiet", "--json"], RadiusUsers.Environment);
            var line = await server.WaitForLineAsync(Listening(), cancellationToken);
            var connectionString = $"Data Source={Path.Combine(folder.FullName, "gateway.db")}";
            await FillAsync(connectionString, cancellationToken);

            var seconds = await DrainAsync(connectionString, line.Groups["port"].Value, cancellationToken);
            var rate = Records / seconds;
            table.Add("Outbox drains into a server that keeps up", PerSecond(rate), "nac-harness aaa", PerSecond(rate), $"≥ {PerSecond(Least)}", rate >= Least);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Seconds from the start of the gateway's state to the empty outbox.</summary>
    private static async Task<double> DrainAsync(string connectionString, string port, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storage:ConnectionString"] = connectionString,
            ["Radius:Servers:0:Name"] = "bench",
            ["Radius:Servers:0:Host"] = "127.0.0.1",
            ["Radius:Servers:0:AccountingPort"] = port,
            ["Radius:Servers:0:Secret"] = RadiusUsers.Secret,
        };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddGatewayCore(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), database => SqliteStorage.Use(database, connectionString));
        await using var provider = services.BuildServiceProvider();
        var hosted = provider.GetServices<IHostedService>().ToArray();
        var started = Stopwatch.GetTimestamp();
        foreach (var service in hosted)
        {
            await service.StartAsync(cancellationToken);
        }

        var store = provider.GetRequiredService<OutboxStore>();
        while ((await store.CountAsync(cancellationToken)).Waiting > 0)
        {
            if (Stopwatch.GetElapsedTime(started) > s_most)
            {
                throw new TimeoutException($"{(await store.CountAsync(cancellationToken)).Waiting} of {Records} records still wait after {s_most}.");
            }

            await Task.Delay(s_look, TimeProvider.System, cancellationToken);
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        foreach (var service in hosted.Reverse())
        {
            await service.StopAsync(cancellationToken);
        }

        return seconds;
    }

    private static async Task FillAsync(string connectionString, CancellationToken cancellationToken)
    {
        var options = new DbContextOptionsBuilder<GatewayDbContext>();
        SqliteStorage.Use(options, connectionString);
        await using var database = new GatewayDbContext(options.Options);
        await database.Database.MigrateAsync(cancellationToken);
        var at = TimeProvider.System.GetUtcNow();
        foreach (var some in Enumerable.Range(0, SessionCount).Chunk(5_000))
        {
            var ids = some.Select(_ => AcctSessionIds.Next(TimeProvider.System)).ToArray();
            database.AddRange(some.Zip(ids, (number, id) => Record(number, id, AcctStatusType.Start, at)));
            database.AddRange(some.Zip(ids, (number, id) => Record(number, id, AcctStatusType.Stop, at)));
            await database.SaveChangesAsync(cancellationToken);
            database.ChangeTracker.Clear();
        }
    }

    private static AccountingRecord Record(int number, string id, AcctStatusType status, DateTimeOffset at) => AccountingComposer.Compose(
        new AccountingEvent
        {
            Status = status,
            At = at,
            AcctSessionId = id,
            UserName = string.Create(CultureInfo.InvariantCulture, $"user{number}@example.com"),
            ClientAddress = new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]),
            ServerName = "bench",
            Classes = [new byte[16]],
            SessionTime = TimeSpan.FromMinutes(10),
            InputOctets = 1_000_000,
            OutputOctets = 9_000_000,
            TerminateCause = (uint)AcctTerminateCause.UserRequest,
        },
        GatewayIdentity.DefaultName);

    private static string PerSecond(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:#,0}/s");

    [GeneratedRegex("\"accountingEndPoint\":\"127\\.0\\.0\\.1:(?<port>\\d+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
