using Microsoft.Extensions.Time.Testing;
using NacGateway.Radius.Client;
using Xunit;

namespace NacGateway.Radius.Tests.Client;

public sealed class RetransmissionScheduleTests
{
    [Theory]
    [InlineData(0.0, new[] { 1.8, 3.42, 6.498, 12.3462, 14.4 })]
    [InlineData(0.5, new[] { 2.0, 4.0, 8.0, 16.0, 16.0 })]
    [InlineData(1.0, new[] { 2.2, 4.62, 9.702, 17.6, 17.6 })]
    public void Rfc_5080_section_2_2_1_waits_double_from_two_seconds_to_sixteen_with_a_tenth_of_chance(double chance, double[] seconds)
    {
        var schedule = new RetransmissionSchedule(() => chance);

        Assert.All(seconds, expected => Assert.Equal(expected, schedule.Next().TotalSeconds, 3));
    }

    [Fact]
    public void A_server_rests_after_three_silent_exchanges_and_is_tried_again_after_half_a_minute()
    {
        var time = new FakeTimeProvider();
        var health = new ServerHealth(time);

        health.Silent(refused: false);
        health.Silent(refused: false);
        Assert.True(health.IsUp);
        health.Silent(refused: false);
        Assert.False(health.IsUp);
        time.Advance(ServerHealth.Rest);
        Assert.True(health.IsUp);
        health.Silent(refused: false);
        Assert.False(health.IsUp);
        health.Answered();
        Assert.True(health.IsUp);
    }
}
