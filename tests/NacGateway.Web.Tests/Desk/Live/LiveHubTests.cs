using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Core.Administration;
using NacGateway.Web.Desk.Live;
using Xunit;

namespace NacGateway.Web.Tests.Desk.Live;

/// <summary>Those who watch the same cost one question a second; who is slow misses changes, not the truth.</summary>
public sealed class LiveHubTests
{
    private static readonly LiveQuery s_query = new("?state=open", DeskRole.Viewer);

    private readonly FakeTimeProvider _time = new();
    private readonly CountedTopic _topic = new();
    private readonly LiveHub _hub;

    public LiveHubTests() => _hub = new LiveHub(_time, NullLogger<LiveHub>.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_watches_the_same_shares_one_view_and_its_ticks()
    {
        var first = (await _hub.JoinAsync(_topic, s_query))!;
        await ReadAsync(first);
        var others = await Task.WhenAll(Enumerable.Range(0, 19).Select(_ => _hub.JoinAsync(_topic, s_query with { })));
        var before = _topic.Ticks;

        _time.Advance(LiveRoom.Pace);
        var told = await Task.WhenAll(others.Prepend(first).Select(listener => ReadAsync(listener!)));

        Assert.Equal((1, 1, before + 1), (_topic.Opened, _hub.Views, _topic.Ticks));
        Assert.Equal($"event: tick\ndata: {_topic.Ticks}\n\n", told[0]);
        Assert.All(told.Skip(1), one => Assert.Equal($"event: all\ndata: {_topic.Ticks}\n\n", one));
    }

    [Fact]
    public async Task Another_query_or_role_is_another_view()
    {
        await _hub.JoinAsync(_topic, s_query);
        await _hub.JoinAsync(_topic, s_query with { Text = "" });
        await _hub.JoinAsync(_topic, s_query with { Role = DeskRole.Administrator });

        Assert.Equal((3, 3), (_topic.Opened, _hub.Views));
    }

    [Fact]
    public async Task With_the_last_one_the_view_goes()
    {
        var first = (await _hub.JoinAsync(_topic, s_query))!;
        var second = (await _hub.JoinAsync(_topic, s_query))!;

        _hub.Leave(_topic, s_query, first);
        Assert.Equal(1, _hub.Views);
        _hub.Leave(_topic, s_query, second);

        Assert.Equal(0, _hub.Views);
    }

    [Fact]
    public async Task Who_reads_too_slowly_gets_everything_instead_of_what_it_missed()
    {
        var slow = (await _hub.JoinAsync(_topic, s_query))!;
        var quick = (await _hub.JoinAsync(_topic, s_query))!;

        // Whoever comes second may have to wait for the next tick.
        _time.Advance(LiveRoom.Pace);
        await ReadAsync(quick);
        for (var second = 0; second < 3; second++)
        {
            _time.Advance(LiveRoom.Pace);
            await ReadAsync(quick);
        }

        var first = await ReadAsync(slow);
        _time.Advance(LiveRoom.Pace);
        await ReadAsync(quick);
        var then = await ReadAsync(slow);
        _time.Advance(LiveRoom.Pace);
        await ReadAsync(quick);

        Assert.StartsWith("event: all", first, StringComparison.Ordinal);
        Assert.StartsWith("event: all", then, StringComparison.Ordinal);
        Assert.Contains("event: order", then, StringComparison.Ordinal);
        Assert.StartsWith("event: tick", await ReadAsync(slow), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_that_cannot_be_made_is_nobodys_stream()
    {
        _topic.Fails = true;

        Assert.Null(await _hub.JoinAsync(_topic, s_query));

        _topic.Fails = false;
        Assert.NotNull(await _hub.JoinAsync(_topic, s_query));
    }

    [Fact]
    public async Task A_view_that_fails_ends_its_streams_and_the_next_one_gets_another()
    {
        var listener = (await _hub.JoinAsync(_topic, s_query))!;
        await ReadAsync(listener);
        _topic.Fails = true;
        _time.Advance(LiveRoom.Pace);
        await listener.Reader.Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        _hub.Leave(_topic, s_query, listener);
        _topic.Fails = false;

        Assert.NotNull(await _hub.JoinAsync(_topic, s_query));
        Assert.Equal(2, _topic.Opened);
    }

    private static async Task<string> ReadAsync(LiveListener listener) => Encoding.UTF8.GetString((await listener.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation)).Span);
}
