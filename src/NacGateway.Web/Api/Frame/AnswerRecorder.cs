namespace NacGateway.Web.Api.Frame;

/// <summary>Passes an answer on to the client and keeps a copy of it, up to a bound.</summary>
internal sealed class AnswerRecorder(Stream client, int bound) : Stream
{
    private readonly MemoryStream _copy = new();
    private bool _isTooLong;

    /// <summary>The whole answer; null when it was longer than the bound.</summary>
    public byte[]? Recorded => _isTooLong ? null : _copy.ToArray();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_copy.Length + buffer.Length > bound)
        {
            _isTooLong = true;
        }
        else if (!_isTooLong)
        {
            _copy.Write(buffer.Span);
        }

        await client.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => client.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException("Answers are written asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Answers are written asynchronously.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
