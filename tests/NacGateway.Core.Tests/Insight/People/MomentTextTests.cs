using System.Globalization;
using NacGateway.Core.Insight.People;
using Xunit;

namespace NacGateway.Core.Tests.Insight.People;

/// <summary>Moments as people write them, in the zone where they are.</summary>
public sealed class MomentTextTests
{
    /// <summary>A Thursday, 09:30 in Berlin.</summary>
    private static readonly DateTimeOffset s_now = new(2026, 11, 26, 8, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-24T14:03Z", "2026-11-24 14:03:00")]
    [InlineData("2026-11-24T14:03:05+02:00", "2026-11-24 12:03:05")]
    [InlineData("2026-11-24T14:03", "2026-11-24 13:03:00")]
    [InlineData("2026-11-24 14:03:07", "2026-11-24 13:03:07")]
    [InlineData("2026-11-24", "2026-11-23 23:00:00")]
    [InlineData("09:15", "2026-11-26 08:15:00")]
    [InlineData("14:03", "2026-11-25 13:03:00")]
    [InlineData("yesterday 14:03", "2026-11-25 13:03:00")]
    [InlineData("at 14:03 on Tuesday", "2026-11-24 13:03:00")]
    [InlineData("tue 14:03", "2026-11-24 13:03:00")]
    [InlineData("Thursday at 9:00", "2026-11-26 08:00:00")]
    [InlineData("Thursday at 14:03", "2026-11-19 13:03:00")]
    [InlineData("14:03 on 2026-07-01", "2026-07-01 12:03:00")]
    [InlineData("2026-10-25 02:30", "2026-10-25 00:30:00")]
    [InlineData("at 2026-11-24T14:03Z", "2026-11-24 14:03:00")]
    [InlineData("now", "2026-11-26 08:30:00")]
    public void A_moment_is_read(string text, string utc)
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        Assert.True(MomentText.TryRead(text, s_now, berlin, out var at));

        Assert.Equal(utc, at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Zero, at.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("25:00")]
    [InlineData("2026-13-01 10:00")]
    [InlineData("Tuesday 14:03 15:03")]
    [InlineData("2026-11-24T14:03+99:00")]
    [InlineData("0001-01-01 00:00")]
    [InlineData("9999-12-31 23:59")]
    [InlineData("\u202E14:03")]
    public void What_is_none_is_not_guessed(string text) => Assert.False(MomentText.TryRead(text, s_now, TimeZoneInfo.Utc, out _));
}
