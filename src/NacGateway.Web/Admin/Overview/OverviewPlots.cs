using NacGateway.Core.Insight;
using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.Overview;

/// <summary>The lines of the page's plots. A piece of which nothing is known is a gap; where only a part is known, rates are those of that part.</summary>
internal static class OverviewPlots
{
    public const string Sessions = "sessions";
    public const string SignIns = "sign-ins";
    public const string Traffic = "traffic";
    public const string Gate = "gate";
    public const string Outbox = "outbox";

    /// <summary>Names of the lines, by plot.</summary>
    private static readonly Dictionary<string, string[]> s_lines = new(StringComparer.Ordinal)
    {
        [Sessions] = ["Sessions"],
        [SignIns] = ["Accepted", "Refused", "Challenged", "No answer"],
        [Traffic] = ["Down", "Up"],
        [Gate] = ["Answered with 511", "Forwarded"],
        [Outbox] = ["Waiting"],
    };

    public static IReadOnlyCollection<string> All => s_lines.Keys;

    public static IReadOnlyList<PlotSeries> Series(string plot, IReadOnlyList<ActivityBucket> history)
    {
        var values = history.Select(bucket => Values(plot, bucket)).ToList();
        return [.. s_lines[plot].Select((name, line) => new PlotSeries(name, [.. values.Select(point => point[line])]))];
    }

    /// <summary>One point of a plot.</summary>
    public static IReadOnlyList<double?> Values(string plot, ActivityBucket bucket)
    {
        if (bucket.Minutes == 0)
        {
            return [.. s_lines[plot].Select(_ => (double?)null)];
        }

        var counts = bucket.Counts;
        return plot switch
        {
            Sessions => [bucket.Sessions],
            SignIns => [PerMinute(counts.Accepted), PerMinute(counts.Refused), PerMinute(counts.Challenged), PerMinute(counts.Unanswered)],
            Traffic => [PerMinute(counts.OutputOctets) * 8 / 60, PerMinute(counts.InputOctets) * 8 / 60],
            Gate => [PerMinute(counts.Intercepted), PerMinute(counts.Forwarded)],
            _ => [bucket.Outbox],
        };

        double PerMinute(long count) => Math.Round((double)count / bucket.Minutes, 2);
    }
}
