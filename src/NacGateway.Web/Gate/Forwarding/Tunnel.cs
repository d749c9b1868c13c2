using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>Carries octets between a client's connection and a destination until one side ends, both are silent for too long, or it is cut.</summary>
internal sealed class Tunnel(IDuplexPipe client, NetworkStream destination, Meter? meter, TimeSpan idle, TimeProvider time)
{
    private const int BufferSize = 16 * 1024;

    /// <summary>Whether a client that has ended its direction still reads cannot be seen, so it is not waited for as long as others.</summary>
    private static readonly TimeSpan LongestHalfClosedSilence = TimeSpan.FromMinutes(2);
    private volatile bool _clientEnded;
    private long _lastActivity = time.GetTimestamp();
    private int _inTurn;

    /// <summary>
    /// Runs until the destination has ended or failed; the end of the client's direction is passed on and the other goes on.
    /// RFC 9110 section 9.3.6: what a closed side has sent before is still delivered.
    /// </summary>
    /// <returns>True when the destination's last octets are in the client's pipe, false when the tunnel was broken off.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Looked at often enough that silence is cut at most a quarter late.
        var look = (idle < LongestHalfClosedSilence ? idle : LongestHalfClosedSilence) / 4;
        await using var watch = time.CreateTimer(_ => StopWhenIdle(stop), null, look, look);
        var up = UploadAsync(stop);
        var complete = await DownloadAsync(stop.Token);
        await stop.CancelAsync();
        await up;
        return complete;
    }

    private static bool IsEnd(Exception exception) => exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException;

    private void StopWhenIdle(CancellationTokenSource stop)
    {
        var allowed = _clientEnded && idle > LongestHalfClosedSilence ? LongestHalfClosedSilence : idle;
        if (Volatile.Read(ref _inTurn) == 0 && time.GetElapsedTime(Volatile.Read(ref _lastActivity)) >= allowed)
        {
            stop.Cancel();
        }
    }

    private async Task UploadAsync(CancellationTokenSource stop)
    {
        try
        {
            while (true)
            {
                var read = await client.Input.ReadAsync(stop.Token);
                var octets = meter is { IsFree: false } && read.Buffer.Length > meter.ReceivePiece ? read.Buffer.Slice(0, meter.ReceivePiece) : read.Buffer;
                await WaitInTurnAsync(meter?.ReceiveAsync(octets.Length, stop.Token) ?? default);
                if (!await TrySendAsync(octets, stop.Token))
                {
                    // The destination takes nothing more, but may have answered: the other direction goes on to its end.
                    return;
                }

                var isLast = read.IsCompleted && octets.Length == read.Buffer.Length;
                client.Input.AdvanceTo(octets.End);
                if (isLast)
                {
                    _clientEnded = true;
                    destination.Socket.Shutdown(SocketShutdown.Send);
                    return;
                }
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The client was reset, or the tunnel is cut: nobody is left to answer.
            await stop.CancelAsync();
        }
    }

    private async Task<bool> TrySendAsync(ReadOnlySequence<byte> octets, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var part in octets)
            {
                await destination.WriteAsync(part, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return false;
        }

        Touch();
        return true;
    }

    private async Task<bool> DownloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var buffer = client.Output.GetMemory(BufferSize);
                var count = await destination.ReadAsync(meter is { IsFree: false } ? buffer[..Math.Min(buffer.Length, meter.SendPiece)] : buffer, cancellationToken);
                if (count == 0)
                {
                    return true;
                }

                Touch();
                await WaitInTurnAsync(meter?.SendAsync(count, cancellationToken) ?? default);
                client.Output.Advance(count);
                if ((await client.Output.FlushAsync(cancellationToken)).IsCompleted)
                {
                    return false;
                }
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            return false;
        }
    }

    /// <summary>Octets that wait for their turn are no silence.</summary>
    private async ValueTask WaitInTurnAsync(ValueTask turn)
    {
        if (turn.IsCompletedSuccessfully)
        {
            return;
        }

        Interlocked.Increment(ref _inTurn);
        try
        {
            await turn;
        }
        finally
        {
            Touch();
            Interlocked.Decrement(ref _inTurn);
        }
    }

    private void Touch() => Volatile.Write(ref _lastActivity, time.GetTimestamp());
}
