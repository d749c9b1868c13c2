using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using NacGateway.Benchmarks.Http;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Migrations.Sqlite;

namespace NacGateway.Benchmarks.Sessions;

/// <summary>What a hundred thousand open sessions cost: memory, the time to start again, and a lookup.</summary>
internal static class SessionMeasurement
{
    private const int Many = 100_000;
    private const int Few = 1_000;
    private const double MostMegabytes = 150;
    private const double MostSeconds = 5;
    private const double MostLookup = 2;

    /// <summary>Measures and enters the rows.</summary>
    public static async Task RunAsync(ResultTable table, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync("Sessions");
        var folder = Directory.CreateTempSubdirectory("nacgateway-bench-");
        try
        {
            var connectionString = $"Data Source={Path.Combine(folder.FullName, "gateway.db")}";
            var empty = await StartAsync(null, cancellationToken);
            await FillAsync(connectionString, cancellationToken);
            var full = await StartAsync(connectionString, cancellationToken);
            var megabytes = (full.Octets - empty.Octets) / 1e6;
            table.Add("100,000 open sessions, memory above idle", Text(full.Octets / 1e6, "MB"), "idle: " + Text(empty.Octets / 1e6, "MB"), Text(megabytes, "MB"), Text(MostMegabytes, "MB") + " at most", megabytes <= MostMegabytes);
            table.Add("100,000 open sessions, start to ready", Text(full.Seconds, "s"), "no sessions: " + Text(empty.Seconds, "s"), Text(full.Seconds, "s"), Text(MostSeconds, "s") + " at most", full.Seconds <= MostSeconds);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }

        var few = Lookup(Few);
        var many = Lookup(Many);
        table.AtMost("Lookup among 100,000 sessions", Text(many, "ns"), "among 1,000: " + Text(few, "ns"), many / few, MostLookup);
    }

    private static async Task<(long Octets, double Seconds)> StartAsync(string? connectionString, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var gateway = await GatewayProcess.StartAsync(GateMeasurement.Settings, connectionString, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return (gateway.Process.ResidentOctets, seconds);
    }

    private static async Task FillAsync(string connectionString, CancellationToken cancellationToken)
    {
        var options = new DbContextOptionsBuilder<GatewayDbContext>();
        SqliteStorage.Use(options, connectionString);
        await using var database = new GatewayDbContext(options.Options);
        await database.Database.MigrateAsync(cancellationToken);
        foreach (var some in Enumerable.Range(0, Many).Chunk(5_000))
        {
            database.AddRange(some.Select(n => SessionRows.ToRow(Opening(n), TimeProvider.System.GetUtcNow())));
            await database.SaveChangesAsync(cancellationToken);
            database.ChangeTracker.Clear();
        }
    }

    /// <summary>One of many sessions, with a device and an IPv4 address of its own.</summary>
    internal static SessionOpening Opening(int number) => new()
    {
        AcctSessionId = AcctSessionIds.Next(TimeProvider.System),
        UserName = string.Create(CultureInfo.InvariantCulture, $"user{number}@example.com"),
        ClientAddress = Address(number),
        CallingStationId = string.Create(CultureInfo.InvariantCulture, $"02-00-5E-{number >> 16:X2}-{(number >> 8) & 255:X2}-{number & 255:X2}"),
        Limits = new Core.Policy.SessionLimits { SessionTimeout = TimeSpan.FromHours(8), IdleTimeout = TimeSpan.FromMinutes(30) },
        ServerName = "main",
        Classes = [new byte[16]],
    };

    private static IPAddress Address(int number) => new([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]);

    /// <summary>Nanoseconds of one lookup, over all addresses in a scattered order.</summary>
    private static double Lookup(int sessions)
    {
        var table = new SessionTable(TimeProvider.System);
        for (var n = 0; n < sessions; n++)
        {
            table.Put(SessionRows.ToActive(SessionRows.ToRow(Opening(n), TimeProvider.System.GetUtcNow()), TimeProvider.System));
        }

        var asked = Enumerable.Range(0, 1_000).Select(n => Address((int)(n * 7919L % sessions))).ToArray();
        var best = double.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var n = 0; n < 100_000; n++)
            {
                table.TryGet(asked[n % asked.Length], out _);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalNanoseconds / 100_000);
        }

        return best;
    }

    private static string Text(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {unit}");
}
