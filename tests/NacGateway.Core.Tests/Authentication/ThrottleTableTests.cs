using System.Globalization;
using NacGateway.Core.Authentication;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

public sealed class ThrottleTableTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly ThrottleOptions s_options = new();

    [Fact]
    public void A_flood_of_keys_leaves_the_newest_and_those_who_have_to_wait()
    {
        var table = new ThrottleTable(capacity: 100);
        table.GetOrAdd("blocked", s_now).Fail(s_now, limit: 1, s_options);

        for (int n = 0; n < 10_000; n++)
        {
            table.GetOrAdd(n.ToString(CultureInfo.InvariantCulture), s_now);
        }

        Assert.Equal(100, table.Count);
        Assert.True(table.TryGet("blocked", out _));
        Assert.True(table.TryGet("9999", out _));
        Assert.False(table.TryGet("9000", out _));
    }

    [Fact]
    public void When_all_have_to_wait_a_new_key_still_finds_room()
    {
        var table = new ThrottleTable(capacity: 100);
        for (int n = 0; n < 1000; n++)
        {
            table.GetOrAdd(n.ToString(CultureInfo.InvariantCulture), s_now).Fail(s_now, limit: 1, s_options);
        }

        Assert.Equal(100, table.Count);
        Assert.True(table.TryGet("999", out _));
    }

    [Fact]
    public void What_no_longer_matters_is_forgotten()
    {
        var table = new ThrottleTable(capacity: 100);
        table.GetOrAdd("idle", s_now);
        table.GetOrAdd("under way", s_now).UnderWay++;
        table.GetOrAdd("failed", s_now).Fail(s_now, limit: 5, s_options);

        table.RemoveIdle(s_now);

        Assert.Equal(2, table.Count);
        Assert.False(table.TryGet("idle", out _));
    }
}
