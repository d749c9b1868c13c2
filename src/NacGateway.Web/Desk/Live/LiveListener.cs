using System.Threading.Channels;

namespace NacGateway.Web.Desk.Live;

/// <summary>
/// One who watches. There is room for one batch: whoever is slower misses what comes meanwhile, and then gets everything as it is instead
/// of the changes.
/// </summary>
internal sealed class LiveListener
{
    // Wait, though nobody ever does: only then TryWrite says that there was no room.
    private readonly Channel<ReadOnlyMemory<byte>> _channel = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<ReadOnlyMemory<byte>> Reader => _channel.Reader;

    /// <summary>Whether it has to get everything before any change makes sense to it.</summary>
    public bool NeedsAll { get; private set; } = true;

    /// <summary>Whether it has missed changes, so that its list may have another order.</summary>
    public bool HasMissed { get; private set; }

    /// <summary>Gives it changes, if there is room.</summary>
    public void Offer(ReadOnlyMemory<byte> changes)
    {
        if (!_channel.Writer.TryWrite(changes))
        {
            (NeedsAll, HasMissed) = (true, true);
        }
    }

    /// <summary>Gives it everything, if there is room; otherwise the next time.</summary>
    public void OfferAll(ReadOnlyMemory<byte> everything)
    {
        if (_channel.Writer.TryWrite(everything))
        {
            (NeedsAll, HasMissed) = (false, false);
        }
    }

    /// <summary>Ends its stream.</summary>
    public void Complete() => _channel.Writer.TryComplete();
}
