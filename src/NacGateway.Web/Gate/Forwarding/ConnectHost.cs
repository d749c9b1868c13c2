using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>
/// Stands between a connection and Kestrel, which answers a CONNECT with an empty 400 where Host is not its target octet for octet. Many
/// clients leave the port out of Host, so its Host is written anew before Kestrel reads it. That is done for the first request of a
/// connection, where a proxy's client has its CONNECT; from then on all is passed through.
/// </summary>
internal sealed class ConnectHost(PipeReader input) : PipeReader
{
    /// <summary>Octets of a head that are waited for; of a longer one Kestrel says that it is too long.</summary>
    private const int LongestHead = 32 * 1024;

    private bool _isDecided;

    /// <summary>Where the octets end that came while only the method was shown; null otherwise.</summary>
    private SequencePosition? _withheldTo;

    /// <summary>What is left of a head that was written anew, and where the one that it stands for ends.</summary>
    private ReadOnlySequence<byte> _anew;
    private SequencePosition _headEnd;

    /// <summary>The step in the listener, before HTTP.</summary>
    public static ConnectionDelegate Serve(ConnectionDelegate next) => async connection =>
    {
        var real = connection.Transport;
        connection.Transport = new Pipes(new ConnectHost(real.Input), real.Output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = real;
        }
    };

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        !_isDecided ? LookAsync(cancellationToken)
        : _anew.IsEmpty ? input.ReadAsync(cancellationToken)
        : ValueTask.FromResult(new ReadResult(_anew, isCanceled: false, isCompleted: false));

    public override bool TryRead(out ReadResult result)
    {
        if (!_anew.IsEmpty)
        {
            result = new ReadResult(_anew, isCanceled: false, isCompleted: false);
            return true;
        }

        if (!input.TryRead(out result))
        {
            return false;
        }

        result = _isDecided ? result : Look(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (!_anew.IsEmpty)
        {
            _anew = _anew.Slice(consumed);
            if (_anew.IsEmpty)
            {
                // Not examined further: what follows the head is there to be read at once.
                input.AdvanceTo(_headEnd);
            }
        }
        else if (_withheldTo is { } end)
        {
            _withheldTo = null;
            input.AdvanceTo(consumed, end);
        }
        else
        {
            input.AdvanceTo(consumed, examined);
        }
    }

    public override void CancelPendingRead() => input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => input.Complete(exception);

    private async ValueTask<ReadResult> LookAsync(CancellationToken cancellationToken) => Look(await input.ReadAsync(cancellationToken));

    /// <summary>What Kestrel gets of the first octets.</summary>
    private ReadResult Look(ReadResult read)
    {
        var buffer = read.Buffer;
        if (buffer.IsEmpty)
        {
            return read;
        }

        var method = ConnectHead.Method[..(int)Math.Min(buffer.Length, ConnectHead.Method.Length)];
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.IsNext(method))
        {
            _isDecided = true;
            return read;
        }

        if (reader.TryReadTo(out ReadOnlySequence<byte> _, "\r\n\r\n"u8))
        {
            _isDecided = true;
            if (ConnectHead.Rewrite(buffer.Slice(0, reader.Position).ToArray()) is not { } head)
            {
                return read;
            }

            (_anew, _headEnd) = (new ReadOnlySequence<byte>(head), reader.Position);
            return new ReadResult(_anew, isCanceled: false, isCompleted: false);
        }

        if (read.IsCompleted || buffer.Length >= LongestHead)
        {
            _isDecided = true;
            return read;
        }

        // The method alone begins Kestrel's time for heads (RequestHeadersTimeout), and is nothing yet that it could take as a line.
        _withheldTo = buffer.End;
        return new ReadResult(buffer.Slice(0, method.Length), read.IsCanceled, isCompleted: false);
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
