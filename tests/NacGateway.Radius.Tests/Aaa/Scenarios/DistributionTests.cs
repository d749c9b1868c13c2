using NacGateway.Aaa.Scenarios;
using NacGateway.Aaa.Scenarios.Faults;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa.Scenarios;

public sealed class DistributionTests
{
    private const int Count = 20_000;

    public static TheoryData<string, double, double> Shapes => new()
    {
        { "fixed", 50, 0 },
        { "uniform", 150, 57.7 },
        { "normal", 100, 20 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Mean_and_deviation_are_as_promised(string shape, double mean, double deviation)
    {
        var times = Times(Of(shape));

        Assert.InRange(times.Average(), mean - 2, mean + 2);
        Assert.InRange(Math.Sqrt(times.Average(time => Math.Pow(time - times.Average(), 2))), deviation - 2, deviation + 2);
    }

    [Fact]
    public void Half_of_a_lognormal_lies_below_its_median_and_nothing_outside_its_bounds()
    {
        var times = Times(new Distribution(DistributionKind.LogNormal, 100, 1, 0, 1000));

        Assert.InRange(times.Count(time => time < 100), (Count / 2) - 500, (Count / 2) + 500);
        Assert.InRange(times.Max(), 999, 1000);
        Assert.All(times, time => Assert.InRange(time, 0, 1000));
    }

    [Fact]
    public void Numbers_follow_from_seed_purpose_and_number_alone()
    {
        ulong[] first = [Draw.Of(1, "a", 1).Next(), Draw.Of(2, "a", 1).Next(), Draw.Of(1, "b", 1).Next(), Draw.Of(1, "a", 2).Next()];

        Assert.Equal(4, first.Distinct().Count());
        Assert.Equal(first[0], Draw.Of(1, "a", 1).Next());
    }

    /// <summary>A change of these would make every recorded seed mean another run.</summary>
    [Fact]
    public void The_numbers_of_a_seed_stay_what_they_are() => Assert.Equal(Known, Convert.ToHexStringLower(Draw.Of(42, "known", 7).Octets(8)));

    private const string Known = "e79e5649e33690de";

    private static Distribution Of(string shape) => shape switch
    {
        "uniform" => new Distribution(DistributionKind.Uniform, 0, 0, 50, 250),
        "normal" => new Distribution(DistributionKind.Normal, 100, 20, 0, 10_000),
        _ => new Distribution(DistributionKind.Fixed, 50, 0, 50, 50),
    };

    private static List<double> Times(Distribution distribution) => [.. Enumerable.Range(0, Count).Select(n => distribution.Of(Draw.Of(1, "time", n)).TotalMilliseconds)];
}
