using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NacGateway.Core.Insight.Search;

namespace NacGateway.Benchmarks.Desk;

/// <summary>The process that streams sessions as an export does, and says what memory that took: what is in use by force of a collection, and what the kernel saw at most.</summary>
internal static class ExportPeer
{
    /// <summary>Rows between two looks at what is in use.</summary>
    private const int Look = 50_000;

    public static async Task<int> RunAsync(string provider, string connectionString, int rows)
    {
        await using var services = DeskDatabase.Open(provider, connectionString);
        var search = services.GetRequiredService<SessionSearch>();
        var query = new SessionQuery { Listing = SessionListing.Past };
        var started = Stopwatch.GetTimestamp();
        long live = 0;
        var read = 0;
        await foreach (var row in search.StreamAsync(query, CancellationToken.None))
        {
            if (++read % Look == 0)
            {
                live = Math.Max(live, GC.GetTotalMemory(forceFullCollection: true));
            }

            if (read == rows)
            {
                break;
            }
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (read != rows)
        {
            await Console.Error.WriteLineAsync($"Only {read} of {rows} sessions came.");
            return 1;
        }

        using var own = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"exported, live {live / 1e6:0.0} resident {own.PeakWorkingSet64 / 1e6:0.0} seconds {seconds:0.0}"));
        return 0;
    }
}
