namespace NacGateway.Web.Gate.Forwarding;

/// <summary>A client's stream whose reads and writes are counted and wait for their turn; all else goes to the stream within.</summary>
internal sealed class MeteredStream(Stream inner, Meter meter) : Stream
{
    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // What has been read and not yet passed on counts as not sent: the client feels the rate by its own full window.
        var read = await inner.ReadAsync(meter.IsFree ? buffer : buffer[..Math.Min(buffer.Length, meter.ReceivePiece)], cancellationToken);
        await meter.ReceiveAsync(read, cancellationToken);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!meter.TrySendFree(buffer.Length))
        {
            return WriteInPiecesAsync(buffer, cancellationToken);
        }

        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask WriteInPiecesAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        for (var rest = buffer; !rest.IsEmpty;)
        {
            var piece = rest[..Math.Min(rest.Length, meter.SendPiece)];
            await meter.SendAsync(piece.Length, cancellationToken);
            await inner.WriteAsync(piece, cancellationToken);
            rest = rest[piece.Length..];
        }
    }
}
