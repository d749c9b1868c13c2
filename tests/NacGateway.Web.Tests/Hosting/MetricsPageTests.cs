using System.Diagnostics.Metrics;
using NacGateway.Web.Observability;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>The metrics page in the Prometheus text format. Each test has a meter of its own name, because meters are seen by every listener of the process.</summary>
public sealed class MetricsPageTests
{
    [Fact]
    public void A_counter_adds_up_by_tags()
    {
        using var collector = new MetricsCollector();
        using var meter = new Meter("NacGateway.Tests.Counter");
        var counter = meter.CreateCounter<long>("tests.counter.hits", description: "Hits.");

        counter.Add(2, new KeyValuePair<string, object?>("kind", "a"));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "a"));
        counter.Add(1, new KeyValuePair<string, object?>("kind", "b\"\n"));

        Assert.Contains(
            "# HELP tests_counter_hits_total Hits.\n# TYPE tests_counter_hits_total counter\ntests_counter_hits_total{kind=\"a\"} 5\ntests_counter_hits_total{kind=\"b\\\"\\n\"} 1\n",
            new MetricsPage(collector).Render(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_observable_gauge_shows_its_value_of_now()
    {
        using var collector = new MetricsCollector();
        using var meter = new Meter("NacGateway.Tests.Gauge");
        var open = 4;
        meter.CreateObservableGauge("tests.gauge.open", () => open);
        var page = new MetricsPage(collector);

        _ = page.Render();
        open = 7;

        Assert.Contains("# TYPE tests_gauge_open gauge\ntests_gauge_open 7\n", page.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_histogram_shows_sum_and_count()
    {
        using var collector = new MetricsCollector();
        using var meter = new Meter("NacGateway.Tests.Histogram");
        var histogram = meter.CreateHistogram<double>("tests.histogram.seconds");

        histogram.Record(0.5);
        histogram.Record(1.5);

        Assert.Contains("tests_histogram_seconds_sum 2\ntests_histogram_seconds_count 2\n", new MetricsPage(collector).Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Meters_of_others_are_left_out()
    {
        using var collector = new MetricsCollector();
        using var meter = new Meter("Other.Tests");

        meter.CreateCounter<long>("tests.other.hits").Add(1);

        Assert.DoesNotContain("tests_other_hits", new MetricsPage(collector).Render(), StringComparison.Ordinal);
    }
}
