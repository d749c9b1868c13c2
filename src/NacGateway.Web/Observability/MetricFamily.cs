using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace NacGateway.Web.Observability;

/// <summary>All series of one name. Instruments of the same name on several meters, such as those of two listeners, are one family. Safe for concurrent use.</summary>
internal sealed class MetricFamily
{
    /// <summary>Where an instrument gives no advice: seconds from a local answer to a long wait.</summary>
    private static readonly double[] s_bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly ConcurrentDictionary<string, Measured> _series = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<double> _bounds;

    public MetricFamily(string name, Instrument instrument)
    {
        Name = name;
        Help = instrument.Description ?? "";
        Kind = KindOf(instrument);
        IsObserved = instrument.IsObservable;
        _bounds = Kind != MetricKind.Histogram ? [] : (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? s_bounds;
    }

    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    /// <summary>Whether its values are those of a look.</summary>
    public bool IsObserved { get; }

    public IReadOnlyList<double> Bounds => _bounds;

    /// <summary>The series, by their labels in order.</summary>
    public IEnumerable<Measured> Series => _series.Values.OrderBy(series => series.Labels, StringComparer.Ordinal);

    /// <summary>The series of labels that were just written; a new one if there is room.</summary>
    public Measured? Find(ReadOnlySpan<char> labels, MetricRoom room)
    {
        // Found without a string of its own: this runs with every exchange and every connection.
        if (_series.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(labels, out var series))
        {
            return series;
        }

        if (!room.TryTake())
        {
            return null;
        }

        var key = labels.ToString();
        var added = new Measured(key, _bounds);
        if (_series.TryAdd(key, added))
        {
            return added;
        }

        room.Release();
        return _series.GetValueOrDefault(key);
    }

    /// <summary>Forgets what a look did not find any more.</summary>
    public void Forget(long look, MetricRoom room)
    {
        foreach (var (labels, _) in _series.Where(pair => !pair.Value.WasSeen(look)))
        {
            if (_series.TryRemove(labels, out _))
            {
                room.Release();
            }
        }
    }

    /// <summary>The name as the page writes it, with its unit, and <c>_total</c> behind a counter.</summary>
    public static string NameOf(Instrument instrument)
    {
        var name = PrometheusName.Of(instrument.Name);
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        name = name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        return KindOf(instrument) == MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        return type.StartsWith("Histogram", StringComparison.Ordinal) ? MetricKind.Histogram
            : type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("ObservableCounter", StringComparison.Ordinal) ? MetricKind.Counter
            : MetricKind.Gauge;
    }
}
