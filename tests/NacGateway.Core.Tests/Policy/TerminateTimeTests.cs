using NacGateway.Core.Policy;
using Xunit;

namespace NacGateway.Core.Tests.Policy;

public sealed class TerminateTimeTests
{
    [Theory]
    [InlineData("9999-12-31T23:59:59", -8)]
    [InlineData("0001-01-01T00:00:00", 8)]
    [InlineData("9999-12-31T23:59:59-08:00", 0)]
    public void A_time_beyond_all_calendars_is_none(string text, int hoursEast)
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(hoursEast), displayName: null, standardDisplayName: null);

        Assert.False(TerminateTime.TryParse(text, zone, out _));
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59", 8)]
    [InlineData("2026-03-02T08:00:00", -8)]
    public void A_time_without_a_zone_is_of_the_gateways(string text, int hoursEast)
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(hoursEast), displayName: null, standardDisplayName: null);

        Assert.True(TerminateTime.TryParse(text, zone, out var end));

        Assert.Equal(TimeSpan.FromHours(hoursEast), end.Offset);
    }
}
