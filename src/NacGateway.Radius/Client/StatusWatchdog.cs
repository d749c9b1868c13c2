using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Client;

/// <summary>
/// Asks a server by Status-Server how it does, when nothing else tells (RFC 5997, with the timer of RFC 3539 section 3.4.1). The answer
/// grants nobody anything; it is a sign of life and goes no further.
/// </summary>
/// <param name="client">The server's client.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Gives 0 up to, but not including, 1.</param>
internal sealed class StatusWatchdog(RadiusClient client, TimeProvider time, Func<double> random)
{
    /// <summary>How long an answer is waited for; less than the shortest interval, so that one question is open at a time.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    /// <summary>RFC 3539 section 3.4.1: Tw is never below.</summary>
    public static TimeSpan ShortestInterval { get; } = TimeSpan.FromSeconds(6);

    /// <summary>The interval while a doubt is open: a server that may be dying or coming back.</summary>
    private static TimeSpan DoubtInterval { get; } = TimeSpan.FromSeconds(8);

    /// <summary>Asks until told to stop.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await QuietAsync(cancellationToken).ConfigureAwait(false);
                await AskAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The group is being disposed.
        }
    }

    /// <summary>Nothing of a user and nothing of a session (RFC 5997 section 3).</summary>
    private static void Fill(RadiusPacket request, RadiusServerSettings server)
    {
        request.AddMessageAuthenticator();
        request.NasIdentifier = server.NasIdentifier;
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.ExchangeAsync(RadiusCode.StatusServer, Fill, Patience, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A question that could not be asked tells nothing of the server, and must not be the last one.
        }
    }

    /// <summary>Waits until nothing has been answered for an interval. It counts from our last question too.</summary>
    private async Task QuietAsync(CancellationToken cancellationToken)
    {
        long from = time.GetTimestamp();
        TimeSpan interval = Interval();
        while (true)
        {
            TimeSpan left = interval - time.GetElapsedTime(Math.Max(from, client.Monitor.LastAnswer));
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            await Task.Delay(WholeMilliseconds.Up(left), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan Interval()
    {
        TimeSpan usual = client.Server.WatchdogInterval;
        TimeSpan chosen = client.Monitor.Circuit.State is ServerState.Suspect or ServerState.Probing && usual > DoubtInterval ? DoubtInterval : usual;
        TimeSpan interval = chosen + TimeSpan.FromSeconds((random() * 4) - 2);
        return interval < ShortestInterval ? ShortestInterval : interval;
    }
}
