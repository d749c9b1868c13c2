using System.Threading.Channels;

namespace NacGateway.Radius.RadSec;

/// <summary>
/// Writes packets to a stream, one after the other, several at once where several wait: a TLS record for each would cost more than the
/// packet. Safe for concurrent use. It bounds nothing itself; both sides bound what they have in flight.
/// </summary>
internal sealed class FrameWriter(Stream stream)
{
    private const int BatchLength = 16 * 1024;
    private readonly Channel<byte[]> _queue = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Queues a packet; the writer owns the octets from then on.</summary>
    /// <returns>False when the stream has ended.</returns>
    public bool TryQueue(byte[] packet) => _queue.Writer.TryWrite(packet);

    /// <summary>Takes no more; what is queued is still written.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Writes until <see cref="Complete"/> and the queue is empty.</summary>
    /// <param name="written">Told how many packets each write carried.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task RunAsync(Action<int> written, CancellationToken cancellationToken)
    {
        byte[] batch = GC.AllocateUninitializedArray<byte>(BatchLength);
        ChannelReader<byte[]> queue = _queue.Reader;
        while (await queue.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            int length = 0;
            int packets = 0;
            while (queue.TryPeek(out byte[]? next) && length + next.Length <= batch.Length && queue.TryRead(out next))
            {
                next.CopyTo(batch, length);
                length += next.Length;
                packets++;
            }

            await stream.WriteAsync(batch.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
            written(packets);
        }
    }
}
