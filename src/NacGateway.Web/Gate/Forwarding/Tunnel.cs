using System.IO.Pipelines;
using System.Net.Sockets;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>Carries octets between a client's connection and a destination until one side ends, both are silent for too long, or it is cut.</summary>
internal sealed class Tunnel(IDuplexPipe client, NetworkStream destination, Meter? meter, TimeSpan idle, TimeProvider time)
{
    private const int BufferSize = 16 * 1024;
    private long _lastActivity = time.GetTimestamp();

    /// <summary>
    /// Runs until the destination has ended or failed; the end of the client's direction is passed on and the other goes on.
    /// RFC 9110 section 9.3.6: what a closed side has sent before is still delivered.
    /// </summary>
    /// <returns>True when the destination's last octets are in the client's pipe, false when the tunnel was broken off.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var watch = time.CreateTimer(_ => StopWhenIdle(stop), null, idle, idle / 4);
        var up = UploadAsync(stop.Token);
        var complete = await DownloadAsync(stop.Token);
        await stop.CancelAsync();
        await up;
        return complete;
    }

    private static bool IsEnd(Exception exception) => exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException;

    private void StopWhenIdle(CancellationTokenSource stop)
    {
        if (time.GetElapsedTime(Volatile.Read(ref _lastActivity)) >= idle)
        {
            stop.Cancel();
        }
    }

    private async Task UploadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var read = await client.Input.ReadAsync(cancellationToken);
                foreach (var part in read.Buffer)
                {
                    await destination.WriteAsync(part, cancellationToken);
                }

                Touch();
                meter?.Received(read.Buffer.Length);
                client.Input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    destination.Socket.Shutdown(SocketShutdown.Send);
                    return;
                }
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The client was reset, or the destination takes nothing more: closing it ends the other direction, too.
            destination.Socket.Dispose();
        }
    }

    private async Task<bool> DownloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var count = await destination.ReadAsync(client.Output.GetMemory(BufferSize), cancellationToken);
                if (count == 0)
                {
                    return true;
                }

                Touch();
                meter?.Sent(count);
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

    private void Touch() => Volatile.Write(ref _lastActivity, time.GetTimestamp());
}
