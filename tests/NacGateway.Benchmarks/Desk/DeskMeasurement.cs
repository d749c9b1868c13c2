using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NacGateway.Core.Insight.Search;

namespace NacGateway.Benchmarks.Desk;

/// <summary>What the desk's searches and its export cost with a million past sessions, on both databases.</summary>
internal static partial class DeskMeasurement
{
    private const double MostMilliseconds = 100;
    private const double MostMegabytes = 16;
    private const int Rounds = 15;

    /// <summary>As the address bar has them: what an index finds, what many match, and what nothing matches, each with its count and its page.</summary>
    private static readonly string[] s_searches =
    [
        "", "user=user00017", "user=user01", "mac=02-00-5E-01-23-45", "ip=10.3.", "ip=10.20.30.40", "q=user00017 staff", "q=user0", "server=dc-2&role=guest&cause=lost-carrier",
        "range=90d&cause=nas-reboot", "user=user00017&sort=down", "role=iot&sort=user", "range=90d&q=02-00-5e-00", "page=100",
    ];

    /// <summary>Measures and enters the rows.</summary>
    public static async Task RunAsync(ResultTable table, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync("Desk");
        var folder = Directory.CreateTempSubdirectory("nacgateway-bench-");
        try
        {
            await RunAsync(table, "SQLite", $"Data Source={Path.Combine(folder.FullName, "gateway.db")}", cancellationToken);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }

        await using var postgres = await PostgresPeer.StartAsync(cancellationToken);
        if (postgres is null)
        {
            table.Add("Filtered search over 1,000,000 sessions, PostgreSQL", "not measured", "PostgreSQL is not installed", "-", Text(MostMilliseconds, "ms") + " at most", kept: true);
            return;
        }

        await RunAsync(table, "PostgreSQL", postgres.ConnectionString, cancellationToken);
    }

    private static async Task RunAsync(ResultTable table, string provider, string connectionString, CancellationToken cancellationToken)
    {
        await using var services = DeskDatabase.Open(provider, connectionString);
        var started = Stopwatch.GetTimestamp();
        await DeskDatabase.FillAsync(services, cancellationToken);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {provider} filled in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"));

        var search = services.GetRequiredService<SessionSearch>();
        List<(string Url, double Median, double Longest)> times = [];
        foreach (var url in s_searches)
        {
            var (median, longest, rows) = await TimeAsync(search, url, cancellationToken);
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"    {provider} ?{url}: {median:0.0} ms, {longest:0.0} ms at most, {rows} rows"));
            times.Add((url, median, longest));
        }

        var slowest = times.MaxBy(time => time.Median);
        table.Add(
            $"First page of a filtered search over 1,000,000 sessions, {provider}, slowest of {times.Count}", Text(slowest.Median, "ms"), "median of the searches: " + Text(Median([.. times.Select(time => time.Median)]), "ms"),
            Text(slowest.Median, "ms"), Text(MostMilliseconds, "ms") + " at most", slowest.Median <= MostMilliseconds);

        var few = await ExportAsync(provider, connectionString, DeskDatabase.Many / 10, cancellationToken);
        var all = await ExportAsync(provider, connectionString, DeskDatabase.Many, cancellationToken);
        table.Add(
            $"Export of 1,000,000 sessions, {provider}, memory in use above that of 100,000", Text(all.Live, "MB"), "100,000: " + Text(few.Live, "MB"), Text(all.Live - few.Live, "MB"),
            Text(MostMegabytes, "MB") + " at most", all.Live - few.Live <= MostMegabytes);
        table.Add(
            $"Export of 1,000,000 sessions, {provider}, resident memory at most", Text(all.Resident, "MB"), "100,000: " + Text(few.Resident, "MB"), all.Seconds.ToString("0.0 s", CultureInfo.InvariantCulture),
            "a quarter above that of 100,000 at most", all.Resident <= 1.25 * few.Resident);
    }

    private static async Task<(double Median, double Longest, int Rows)> TimeAsync(SessionSearch search, string url, CancellationToken cancellationToken)
    {
        var query = SessionQueryReader.Read(Pairs(url), SessionListing.Past);
        if (query.Notices is [var notice, ..])
        {
            throw new InvalidOperationException($"?{url}: {notice}");
        }

        var rows = (await search.FindAsync(query, cancellationToken)).Rows.Count;
        var times = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await search.FindAsync(query, cancellationToken);
            times[round] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return (Median(times), times.Max(), rows);
    }

    private static async Task<(double Live, double Resident, double Seconds)> ExportAsync(string provider, string connectionString, int rows, CancellationToken cancellationToken)
    {
        await using var child = ChildProcess.StartPeer(core: null, "desk-export", provider, connectionString, rows.ToString(CultureInfo.InvariantCulture));
        var match = await child.WaitForLineAsync(Exported(), cancellationToken);
        return (Number("live"), Number("resident"), Number("seconds"));

        double Number(string name) => double.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(string url) =>
        url.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]));

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static string Text(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {unit}");

    [GeneratedRegex("exported, live (?<live>[-0-9.]+) resident (?<resident>[0-9.]+) seconds (?<seconds>[0-9.]+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Exported();
}
