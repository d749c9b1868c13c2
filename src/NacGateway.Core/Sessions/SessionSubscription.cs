using System.Threading.Channels;

namespace NacGateway.Core.Sessions;

/// <summary>
/// What one listener has not read yet of the feed. A listener that is slower than the events loses the newest ones and can see how many;
/// nobody else waits for it. End it by disposing it: its reader then completes.
/// </summary>
public sealed class SessionSubscription : IDisposable
{
    private readonly SessionFeed _feed;
    private readonly Channel<SessionNotice> _channel;
    private long _dropped;

    internal SessionSubscription(SessionFeed feed, int capacity)
    {
        _feed = feed;

        // Wait, though nobody ever does: only then TryWrite says that there was no room.
        _channel = Channel.CreateBounded<SessionNotice>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    }

    /// <summary>The notices in the order of their commits, for one reader at a time.</summary>
    public ChannelReader<SessionNotice> Reader => _channel.Reader;

    /// <summary>Notices lost so far because the reader was slower than they came.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Takes it off the feed.</summary>
    public void Dispose()
    {
        _feed.Remove(this);
        _channel.Writer.TryComplete();
    }

    internal void Offer(SessionNotice notice)
    {
        if (!_channel.Writer.TryWrite(notice))
        {
            Interlocked.Increment(ref _dropped);
        }
    }
}
