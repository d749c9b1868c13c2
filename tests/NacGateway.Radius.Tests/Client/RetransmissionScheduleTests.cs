using NacGateway.Radius.Client;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Client;

public sealed class RetransmissionScheduleTests
{
    [Theory]
    [InlineData(0.0, new[] { 1.8, 3.42, 6.498, 12.3462, 14.4 })]
    [InlineData(0.5, new[] { 2.0, 4.0, 8.0, 16.0, 16.0 })]
    [InlineData(1.0, new[] { 2.2, 4.62, 9.702, 17.6, 17.6 })]
    [Requirement("RTX-1", "RTX-3", "RTX-4")]
    public void Rfc_5080_section_2_2_1_waits_double_from_two_seconds_to_sixteen_with_a_tenth_of_chance(double chance, double[] seconds)
    {
        var schedule = new RetransmissionSchedule(() => chance);

        Assert.All(seconds, expected => Assert.Equal(expected, schedule.Next().TotalSeconds, 3));
    }

    [Fact]
    [Requirement("RTX-2", "RTX-5")]
    public void The_defaults_are_those_of_rfc_5080()
    {
        Assert.Equal(
            (TimeSpan.FromSeconds(2), 5, TimeSpan.FromSeconds(16), TimeSpan.FromSeconds(30)),
            (RetransmissionSchedule.Initial, RetransmissionSchedule.MostSends, RetransmissionSchedule.Longest, RetransmissionSchedule.Duration));
    }

    [Fact]
    [Requirement("RTX-1", "RTX-3")]
    public void The_first_waits_of_a_thousand_requests_are_spread_over_their_fifth_of_a_second_each_way()
    {
        var waits = Enumerable.Range(0, 1000).Select(_ => new RetransmissionSchedule().Next().TotalSeconds).ToArray();

        Assert.All(waits, wait => Assert.InRange(wait, 1.8, 2.2));
        Assert.True(waits.Min() < 1.85 && waits.Max() > 2.15, "a thousand draws reach both ends");
        Assert.True(waits.Distinct().Count() > 900, "no two clients send in step");
    }

    [Theory]
    [InlineData(0.5, new[] { 2.0, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600 })]
    [InlineData(1.0, new[] { 2.2, 4.62, 9.702, 20.3742, 42.78582, 89.850222 })]
    [Requirement("RTX-6")]
    public void Accounting_goes_on_for_ever_and_its_waits_double_up_to_ten_minutes(double chance, double[] seconds)
    {
        var schedule = RetransmissionSchedule.ForAccounting(() => chance);

        Assert.All(seconds, expected => Assert.Equal(expected, schedule.Next().TotalSeconds, 3));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(9, 512)]
    [InlineData(10, 600)]
    [InlineData(int.MaxValue, 600)]
    [Requirement("RTX-6")]
    public void A_queue_that_keeps_the_number_of_attempts_has_the_same_waits(int attempts, double seconds)
    {
        Assert.Equal(seconds, RetransmissionSchedule.AccountingDelay(attempts, () => 0.5).TotalSeconds, 3);
        Assert.Equal(seconds * 0.9, RetransmissionSchedule.AccountingDelay(attempts, () => 0).TotalSeconds, 3);
    }

    [Fact]
    public void A_bound_below_the_first_wait_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RetransmissionSchedule.ForAccounting(TimeSpan.FromSeconds(1)));
}
