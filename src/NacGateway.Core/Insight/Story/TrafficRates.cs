namespace NacGateway.Core.Insight.Story;

/// <summary>A session's traffic as rates at even steps, for a plot. What was not measured is null: a gap, never a zero.</summary>
public sealed record TrafficRates
{
    /// <summary>Steps of a plot at most.</summary>
    public const int Most = 240;

    /// <summary>So many times the usual distance between two points, with octets in between, says nothing about when they went.</summary>
    private const int FarApart = 4;

    private const double BitsOfOctet = 8;
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(10);

    /// <summary>Beginnings of the steps, oldest first.</summary>
    public required IReadOnlyList<DateTimeOffset> Times { get; init; }

    /// <summary>Bits per second to the client.</summary>
    public required IReadOnlyList<double?> Down { get; init; }

    /// <summary>Bits per second from the client.</summary>
    public required IReadOnlyList<double?> Up { get; init; }

    /// <summary>Makes them of cumulative points, oldest first.</summary>
    public static TrafficRates Of(IReadOnlyList<TrafficPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count < 2 || points[^1].At <= points[0].At)
        {
            return new TrafficRates { Times = [], Down = [], Up = [] };
        }

        var length = points[^1].At - points[0].At;
        var step = TimeSpan.FromSeconds(Math.Max(s_shortest.TotalSeconds, Math.Ceiling(length.TotalSeconds / Most)));
        var usual = Usual(points);
        List<DateTimeOffset> times = [];
        List<double?> down = [], up = [];
        var at = 0;
        for (var time = points[0].At; time < points[^1].At; time += step)
        {
            var middle = time + Least(step, points[^1].At - time) / 2;
            while (at < points.Count - 2 && points[at + 1].At <= middle)
            {
                at++;
            }

            var (one, next) = (points[at], points[at + 1]);
            var seconds = (next.At - one.At).TotalSeconds;
            var isKnown = seconds > 0 && (seconds <= FarApart * usual || (one.InputOctets == next.InputOctets && one.OutputOctets == next.OutputOctets));
            times.Add(time);
            down.Add(isKnown ? Math.Max(0, next.OutputOctets - one.OutputOctets) * BitsOfOctet / seconds : null);
            up.Add(isKnown ? Math.Max(0, next.InputOctets - one.InputOctets) * BitsOfOctet / seconds : null);
        }

        return new TrafficRates { Times = times, Down = down, Up = up };
    }

    /// <summary>The middle one of the distances, in seconds.</summary>
    private static double Usual(IReadOnlyList<TrafficPoint> points)
    {
        var distances = points.Skip(1).Zip(points, (next, one) => (next.At - one.At).TotalSeconds).Order().ToList();
        return distances[distances.Count / 2];
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
