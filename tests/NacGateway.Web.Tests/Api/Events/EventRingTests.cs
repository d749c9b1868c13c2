using NacGateway.Core.Sessions;
using NacGateway.Web.Api.Events;
using Xunit;

namespace NacGateway.Web.Tests.Api.Events;

/// <summary>The ring keeps the newest, in order, and says what it does not have.</summary>
public sealed class EventRingTests
{
    private readonly EventRing _ring = new(new SessionFeed());

    [Fact]
    public void Events_are_numbered_and_read_from_where_one_was()
    {
        Add(5);

        var (events, missed, last) = _ring.After(2, most: 2);

        Assert.Equal([(3, "3"), (4, "4")], events.Select(one => (one.Number, one.Notice.Text)));
        Assert.Equal((0, 4), (missed, last));
        Assert.Empty(_ring.After(5, most: 10).Events);
    }

    [Fact]
    public void What_is_too_old_is_counted_as_missing()
    {
        Add(EventRing.Capacity + 7);

        var (events, missed, last) = _ring.After(2, most: 1);

        Assert.Equal((5, 8), (missed, last));
        Assert.Equal("8", Assert.Single(events).Notice.Text);
    }

    [Fact]
    public void What_this_gateway_was_too_slow_for_is_counted_as_missing()
    {
        Add(1);
        _ring.Add(Notice("after"), lost: 3);

        var (events, missed, last) = _ring.After(1, most: 10);

        Assert.Equal((3, 5, "after"), (missed, last, Assert.Single(events).Notice.Text));
        Assert.Equal((0, 5), (_ring.After(5, most: 10).Missed, _ring.After(5, most: 10).Last));
    }

    [Fact]
    public void What_is_sent_is_made_once_for_all_who_are_sent_it()
    {
        Add(1);

        var (first, second) = (Assert.Single(_ring.After(0, most: 1).Events).Written, Assert.Single(_ring.After(0, most: 1).Events).Written);

        Assert.True(first.Span == second.Span, "The event was written twice.");
        Assert.StartsWith($"event: session\nid: {_ring.Run}-1\ndata: {{", System.Text.Encoding.UTF8.GetString(first.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_is_told_of_the_next()
    {
        var waiting = _ring.WaitAsync(0, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        Add(1);

        await waiting;
        Assert.True(_ring.WaitAsync(0, TestContext.Current.CancellationToken).IsCompleted);
    }

    [Theory]
    [InlineData("opened,refused", null, "opened", "lena", true)]
    [InlineData("opened", null, "ended", "lena", false)]
    [InlineData(null, "Lena", "ended", "lena", true)]
    [InlineData(null, "len", "ended", "lena", false)]
    public void A_program_gets_what_it_asked_for(string? kinds, string? user, string kind, string of, bool taken)
    {
        var notice = Notice("x") with { Kind = Enum.Parse<SessionNoticeKind>(kind, ignoreCase: true), UserName = of };

        Assert.Equal(taken, EventFilter.Read(kinds, user)!.Takes(notice));
        Assert.Null(EventFilter.Read("opened,closed", user));
    }

    private void Add(int count)
    {
        for (var number = 0; number < count; number++)
        {
            _ring.Add(Notice($"{_ring.Newest + 1}"), lost: 0);
        }
    }

    private static SessionNotice Notice(string text) => new() { At = DateTimeOffset.UnixEpoch, Kind = SessionNoticeKind.Opened, Text = text };
}
