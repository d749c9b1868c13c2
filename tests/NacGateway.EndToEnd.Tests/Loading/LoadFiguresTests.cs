using NacGateway.Harness.Loading;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Loading;

/// <summary>The figures of <c>nac-harness load</c>, where what is right can be computed: its own process shows only that there are some.</summary>
public sealed class LoadFiguresTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(4711)]
    public void Percentiles_are_true_to_two_percent_and_never_too_small(int seed)
    {
        var chance = new Random(seed);
        double[] latencies = [.. Enumerable.Range(0, 10_000).Select(_ => Math.Floor(Math.Pow(10, chance.NextDouble() * 7))).Order()];
        var histogram = new LatencyHistogram();
        foreach (var microseconds in latencies)
        {
            histogram.Add(TimeSpan.FromMicroseconds(microseconds));
        }

        Assert.All((double[])[0.01, 0.5, 0.95, 0.99, 1], share =>
        {
            var exact = latencies[(int)Math.Ceiling(latencies.Length * share) - 1];
            Assert.InRange(histogram.Percentile(share)!.Value.TotalMicroseconds, exact, exact * 1.02);
        });
        Assert.Equal(latencies[^1], histogram.Max.TotalMicroseconds);
    }

    [Fact]
    public void Histograms_add_up_and_an_empty_one_has_no_percentile()
    {
        var (one, other) = (new LatencyHistogram(), new LatencyHistogram());
        one.Add(TimeSpan.FromMilliseconds(1));
        other.Add(TimeSpan.FromMilliseconds(9));

        one.Add(other);
        other.Clear();

        Assert.Equal((2, TimeSpan.FromMilliseconds(9)), (one.Count, one.Percentile(0.99)));
        Assert.Null(other.Percentile(0.5));
    }

    [Fact]
    public void Mix_is_even_in_every_stretch_of_ten()
    {
        var mix = LoadMix.Parse("pap=70,chap=30");

        var dealt = Enumerable.Range(0, 100).Select(_ => mix.Next()).Chunk(10);

        Assert.All(dealt, ten => Assert.Equal(7, ten.Count(kind => kind == LoadKind.Pap)));
    }

    [Theory]
    [InlineData(100, 300, 100, new double[] { 100, 200, 300 })]
    [InlineData(100, 250, 100, new double[] { 100, 200, 250 })]
    [InlineData(300, 100, 100, new double[] { 300, 200, 100 })]
    [InlineData(5, 5, 1, new double[] { 5 })]
    public void Steps_end_with_the_last_rate(double from, double to, double step, double[] expected) => Assert.Equal(expected, LoadPlan.Steps(from, to, step));

    [Fact]
    public void Plan_asks_for_each_rate_in_its_time_and_for_no_more_than_the_count()
    {
        var plan = new LoadPlan { Rates = [10, 20], Length = TimeSpan.FromSeconds(2) };

        Assert.Equal([0, 10, 20, 40, 60, 60], ((double[])[0, 1, 2, 3, 4, 9]).Select(seconds => plan.DueBy(TimeSpan.FromSeconds(seconds))));
        Assert.Equal(25, (plan with { Count = 25 }).DueBy(TimeSpan.FromSeconds(4)));
        Assert.Equal((10, 20, null), (plan.RateAt(TimeSpan.FromSeconds(1)), plan.RateAt(TimeSpan.FromSeconds(2)), plan.RateAt(TimeSpan.FromSeconds(4))));
    }

    [Theory]
    [InlineData(0.9, 1.0)]
    [InlineData(35_000, 40_000)]
    [InlineData(57_300, 60_000)]
    [InlineData(4.06, 5)]
    public void Axis_reaches_the_value_in_round_steps(double value, double end)
    {
        var axis = PlotAxis.To(value);

        Assert.Equal(end, axis.End, 1e-9);
        Assert.InRange(axis.Ticks.Count(), 3, 9);
        Assert.Equal(axis.End, axis.Ticks.Last(), 1e-9);
    }
}
