using System.Globalization;
using System.Net.Security;
using System.Text;

namespace NacGateway.Web.Observability.Syslog;

/// <summary>Messages behind their lengths in one stream (RFC 6587 section 3.4.1, RFC 5425 section 4.3): no message needs an end mark that a user could forge.</summary>
internal sealed class StreamLink : ISyslogLink
{
    private readonly Stream _stream;
    private readonly CancellationTokenSource _life = new();
    private readonly Task _watch;
    private bool _isCut;

    public StreamLink(Stream stream)
    {
        _stream = stream;
        _watch = WatchAsync();
    }

    public bool IsBroken => _isCut || _watch.IsCompleted;

    public async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        // In one write: a record of TLS each, and no length that is sent without its message.
        byte[] frame = [.. Encoding.ASCII.GetBytes(message.Length.ToString(CultureInfo.InvariantCulture)), (byte)' ', .. message.Span];
        try
        {
            await _stream.WriteAsync(frame, cancellationToken);
            await _stream.FlushAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // Part of the frame may be on its way: nothing can follow it.
            _isCut = true;
            throw exception is InvalidOperationException ? new IOException(exception.Message, exception) : exception;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The other side shall read to the end: in TLS a word of farewell (RFC 5425 section 4.4). Not where that could wait, too.
        if (_stream is SslStream tls && !IsBroken)
        {
            await tls.ShutdownAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _life.CancelAsync();
        await _watch;
        await _stream.DisposeAsync();
        _life.Dispose();
    }

    /// <summary>A syslog server says nothing. What it does say is read past; its end is the only sign that messages would be lost.</summary>
    private async Task WatchAsync()
    {
        var octets = new byte[256];
        try
        {
            while (await _stream.ReadAsync(octets, _life.Token) > 0)
            {
                // Read past.
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Ended either way.
        }
    }
}
