using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace NacGateway.Web.Observability;

/// <summary>
/// Listens to the gateway's own meters and the web server's connection counts, and keeps their running values for the metrics page.
/// Tags are bounded by their instruments; past 2,000 series of all kinds the measurements of new ones are left out, and counted, rather than kept without limit.
/// </summary>
internal sealed class MetricsCollector : IDisposable
{
    public const string MeterName = "NacGateway.Metrics";

    private const int MostSeries = 2000;
    private const int UsualLabels = 256;

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MetricRoom _room = new(MostSeries);
    private readonly Lock _looking = new();
    private readonly Counter<long> _leftOut;
    private long _look;

    /// <param name="meters">Makes this gateway's meters; those that another one made, in the same process, are its own.</param>
    public MetricsCollector(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (IsOurs(instrument.Meter.Name) && (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, meters)))
            {
                listener.EnableMeasurementEvents(instrument, Family(instrument));
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => Record(value, tags, family));
        _listener.Start();

        // Its own series is the first, so that there is room for it.
        _leftOut = meters.Create(MeterName).CreateCounter<long>("nacgateway.metrics.left_out", "{measurement}", "Measurements that are not on this page, because it has too many series.");
        _leftOut.Add(0);
    }

    /// <summary>All families by their names, observable ones asked now.</summary>
    public IReadOnlyList<MetricFamily> Collect()
    {
        // One look at a time: what an instrument reports belongs to the look that asked.
        lock (_looking)
        {
            Volatile.Write(ref _look, _look + 1);
            _listener.RecordObservableInstruments();
            foreach (var family in _families.Values.Where(family => family.IsObserved))
            {
                family.Forget(_look, _room);
            }

            return [.. _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal)];
        }
    }

    public void Dispose() => _listener.Dispose();

    private static bool IsOurs(string meter) => meter.StartsWith("NacGateway", StringComparison.Ordinal) || meter == "Microsoft.AspNetCore.Server.Kestrel";

    private MetricFamily Family(Instrument instrument) =>
        _families.GetOrAdd(MetricFamily.NameOf(instrument), static (name, made) => new MetricFamily(name, made), instrument);

    private void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var family = (MetricFamily)state!;
        var labels = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[UsualLabels]);
        MetricLabels.Write(ref labels, tags);
        var series = family.Find(labels.Text, _room);
        labels.Clear();
        switch (family)
        {
            case var _ when series is null:
                _leftOut.Add(1);
                break;
            case { IsObserved: true }:
                series.Set(value, Volatile.Read(ref _look));
                break;
            case { Kind: MetricKind.Histogram }:
                series.Count(value);
                break;
            default:
                series.Add(value);
                break;
        }
    }
}
