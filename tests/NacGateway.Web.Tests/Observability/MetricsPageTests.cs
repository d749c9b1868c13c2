using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using NacGateway.Web.Observability;
using Xunit;

namespace NacGateway.Web.Tests.Observability;

/// <summary>The metrics page in the Prometheus text format. Each test has a factory of its own, whose meters no other gateway's page shows.</summary>
public sealed class MetricsPageTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MetricsCollector _collector;
    private readonly MetricsPage _page;
    private readonly Meter _meter;

    public MetricsPageTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _collector = new MetricsCollector(meters);
        _page = new MetricsPage(_collector);
        _meter = meters.Create("NacGateway.Tests");
    }

    public void Dispose()
    {
        _collector.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void A_counter_adds_up_by_tags()
    {
        var counter = _meter.CreateCounter<long>("tests.hits", description: "Hits.");

        counter.Add(2, new KeyValuePair<string, object?>("kind", "a"));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "a"));
        counter.Add(1, new KeyValuePair<string, object?>("kind", "b\"\n\\"), new KeyValuePair<string, object?>("error.type", null));

        Assert.Contains(
            "# HELP tests_hits_total Hits.\n# TYPE tests_hits_total counter\ntests_hits_total{kind=\"a\"} 5\ntests_hits_total{kind=\"b\\\"\\n\\\\\",error_type=\"\"} 1\n",
            _page.Render(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_observable_gauge_shows_its_value_of_now_and_nothing_once_its_series_has_gone()
    {
        Measurement<int>[] open = [new(4)];
        _meter.CreateObservableGauge("tests.open", () => open, description: "Open.");

        _ = _page.Render();
        open = [new(7)];

        Assert.Contains("# TYPE tests_open gauge\ntests_open 7\n", _page.Render(), StringComparison.Ordinal);
        open = [];
        Assert.DoesNotContain(Exposition.Parse(_page.Render()).Samples, sample => sample.Name == "tests_open");
    }

    [Fact]
    public void A_histogram_has_the_buckets_that_its_instrument_advises_and_its_unit_in_its_name()
    {
        var histogram = _meter.CreateHistogram("tests.duration", "s", "Time.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });

        histogram.Record(0.5, new KeyValuePair<string, object?>("kind", "a"));
        histogram.Record(0.75, new KeyValuePair<string, object?>("kind", "a"));
        histogram.Record(4, new KeyValuePair<string, object?>("kind", "a"));

        Assert.Contains(
            "# TYPE tests_duration_seconds histogram\ntests_duration_seconds_bucket{kind=\"a\",le=\"0.5\"} 1\ntests_duration_seconds_bucket{kind=\"a\",le=\"1\"} 2\n"
            + "tests_duration_seconds_bucket{kind=\"a\",le=\"+Inf\"} 3\ntests_duration_seconds_sum{kind=\"a\"} 5.25\ntests_duration_seconds_count{kind=\"a\"} 3\n",
            _page.Render(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Instruments_of_one_name_on_two_meters_are_one_family()
    {
        using var first = new Meter("NacGateway.Tests.First", version: null, tags: null, scope: _services.GetRequiredService<IMeterFactory>());
        using var second = new Meter("NacGateway.Tests.Second", version: null, tags: null, scope: _services.GetRequiredService<IMeterFactory>());
        first.CreateCounter<long>("tests.shared", description: "Shared.").Add(1);
        second.CreateCounter<long>("tests.shared", description: "Shared.").Add(2);
        first.CreateObservableGauge("tests.seen", () => 3, description: "Seen.");
        second.CreateObservableGauge("tests.seen", () => 4, description: "Seen.");

        _ = _page.Render();
        var samples = Exposition.Parse(_page.Render()).Samples;

        Assert.Equal((3.0, 7.0), (samples.Single(sample => sample.Name == "tests_shared_total").Value, samples.Single(sample => sample.Name == "tests_seen").Value));
    }

    [Theory]
    [InlineData("Other.Tests", true)]
    [InlineData("NacGateway.Tests.Neighbour", false)]
    public void Meters_of_others_are_left_out(string name, bool own)
    {
        using var elsewhere = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = (own ? _services : elsewhere).GetRequiredService<IMeterFactory>();

        meters.Create(name).CreateCounter<long>("tests.other.hits", description: "Hits.").Add(1);

        Assert.DoesNotContain("tests_other_hits", _page.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_without_bound_costs_no_memory_without_bound_and_the_page_says_what_it_left_out()
    {
        var counter = _meter.CreateCounter<long>("tests.unbounded", description: "Unbounded.");

        for (var n = 0; n < 5000; n++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("n", n));
        }

        var samples = Exposition.Parse(_page.Render()).Samples;
        var kept = samples.Count(sample => sample.Name == "tests_unbounded_total");
        Assert.InRange(kept, 1000, 2000);
        Assert.Equal(5000 - kept, samples.Single(sample => sample.Name == "nacgateway_metrics_left_out_total").Value);
    }

    [Fact]
    public void A_measurement_of_a_known_series_allocates_nothing()
    {
        var histogram = _meter.CreateHistogram<double>("tests.cost", "s", "Cost.");
        var tag = new KeyValuePair<string, object?>("server", "main");
        histogram.Record(1, tag);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 1000; n++)
        {
            histogram.Record(1, tag);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }
}
