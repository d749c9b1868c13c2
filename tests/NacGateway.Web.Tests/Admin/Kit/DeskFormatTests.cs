using Microsoft.AspNetCore.Http;
using NacGateway.Web.Admin.Kit;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Kit;

/// <summary>Numbers, links and shapes as the desk writes them.</summary>
public sealed class DeskFormatTests
{
    [Theory]
    [InlineData(0L, "0 B")]
    [InlineData(999L, "999 B")]
    [InlineData(1_000L, "1.0 kB")]
    [InlineData(999_949L, "999.9 kB")]
    [InlineData(999_951L, "1.0 MB")]
    [InlineData(3_020_000_000L, "3.02 GB")]
    [InlineData(null, "-")]
    public void Octets_are_written_in_decimal_units(long? octets, string text) => Assert.Equal(text, DeskFormat.Octets(octets));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(63, "1m 03s")]
    [InlineData(8_040, "2h 14m")]
    [InlineData(273_600, "3d 04h")]
    [InlineData(-5, "0s")]
    public void A_duration_has_its_two_largest_units(int seconds, string text) => Assert.Equal(text, DeskFormat.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.4, "under 1 ms")]
    [InlineData(38, "38 ms")]
    [InlineData(2_400, "2.40 s")]
    public void A_latency_is_in_milliseconds_up_to_a_second(double milliseconds, string text) => Assert.Equal(text, DeskFormat.Latency(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void What_is_not_known_is_a_dash_and_not_a_zero()
    {
        Assert.Equal("-", DeskFormat.Rate(double.NaN));
        Assert.Equal("-", DeskFormat.Percent(null));
        Assert.Equal("-", DeskFormat.Latency(null));
        Assert.Equal("0", DeskFormat.Count(0));
    }

    [Fact]
    public void A_link_keeps_the_rest_of_the_query_in_its_order()
    {
        var context = new DefaultHttpContext();
        context.Request.Path = "/sessions";
        context.Request.QueryString = new QueryString("?q=a%26b&state=stale&state=idle&page=3");

        var link = PageLink.Of(context.Request);

        Assert.Equal("/sessions?q=a%26b&state=active&page=3", link.With("state", "active").ToString());
        Assert.Equal("/sessions?q=a%26b&state=stale&state=idle", link.Without("page").ToString());
        Assert.Equal("/sessions?page=3", link.Only("page").ToString());
        Assert.Equal("/sessions?q=a%26b&state=stale&state=idle&page=3&sort=user", link.With("sort", "user").ToString());
        Assert.Equal("a&b", link["q"]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(7, 10)]
    [InlineData(19, 20)]
    [InlineData(23, 25)]
    [InlineData(0.03, 0.05)]
    [InlineData(1_840_000_000, 2_000_000_000)]
    public void The_axis_ends_at_a_round_number(double greatest, double top) =>
        Assert.Equal(top, PlotShape.Top([new PlotSeries("one", [greatest, null])]), precision: 6);

    [Fact]
    public void A_gap_interrupts_the_line() =>
        Assert.Equal("M0 200h0.1L333.3 100M1000 0h0.1", PlotShape.Path([0, 5, null, 10], 10));

    [Fact]
    public void Foreign_text_is_cut_where_it_is_too_long() => Assert.Equal("abc…", ForeignText.Visible("abcdef", 3));

    [Fact]
    public void A_character_outside_of_the_first_plane_is_one_character() => Assert.Equal("😀😀…", ForeignText.Visible("😀😀😀", 2));

    [Fact]
    public void A_lone_surrogate_is_shown_as_damage() => Assert.Equal("a\uFFFDb", ForeignText.Visible("a\uD800b"));
}
