using System.Net.Sockets;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Client;

/// <summary>
/// Asks one server over UDP. Requests in flight are spread over source ports, each good for 256 (RFC 2865 section 3); ports are opened
/// as they are needed, up to a bound. Safe for concurrent use.
/// </summary>
internal sealed class UdpExchanger(RadiusServerSettings server, ServerMonitor monitor, TimeProvider time, int mostSockets) : IExchanger
{
    private readonly List<ClientSocket> _sockets = [];
    private readonly Lock _lock = new();
    private bool _disposed;

    /// <inheritdoc/>
    public async Task<ExchangeResult> ExchangeAsync(RadiusCode code, RadiusRequestTemplate template, TimeSpan limit, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        ExchangeResult Ended(ExchangeStatus status, int sends, RadiusPacket? request = null, RadiusPacket? reply = null) => new()
        {
            Status = status,
            Reply = reply,
            Request = request,
            Server = server,
            Sends = sends,
            Elapsed = time.GetElapsedTime(started),
        };

        (ClientSocket? socket, byte identifier, bool reachable) = Take();
        if (socket is null)
        {
            if (!reachable)
            {
                monitor.Refused();
            }

            return Ended(reachable ? ExchangeStatus.Busy : ExchangeStatus.Unreachable, 0);
        }

        bool settled = false;
        try
        {
            RadiusPacket request = RequestComposer.Compose(code, identifier, template, server, out byte[] octets);
            var pending = new PendingRequest(server, code, octets.AsMemory(4, RadiusPacket.AuthenticatorLength));
            socket.Expect(identifier, pending);
            (bool heard, int sends) = await TransmitAsync(socket, pending, octets, MostSends(code), started, limit, cancellationToken).ConfigureAwait(false);
            if (heard)
            {
                RadiusPacket? reply = await pending.Reply.ConfigureAwait(false);
                settled = reply is not null && sends == 1;
                return reply is null ? Ended(ExchangeStatus.Unreachable, sends, request) : Ended(ExchangeStatus.Answered, sends, request, reply);
            }

            return Ended(Silence(pending), sends, request);
        }
        finally
        {
            socket.Release(identifier, settled);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        ClientSocket[] sockets;
        lock (_lock)
        {
            _disposed = true;
            sockets = [.. _sockets];
            _sockets.Clear();
        }

        foreach (ClientSocket socket in sockets)
        {
            await socket.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static ExchangeStatus Silence(PendingRequest pending) => pending switch
    {
        { SawMissingMessageAuthenticator: true } => ExchangeStatus.MissingMessageAuthenticator,
        { SawWrongAuthenticator: true } => ExchangeStatus.WrongSecret,
        { SawRefusal: true } => ExchangeStatus.Unreachable,
        _ => ExchangeStatus.TimedOut,
    };

    /// <summary>Status-Server is never sent again: the next question is another packet (RFC 5997 section 4.1).</summary>
    private static int MostSends(RadiusCode code) => code == RadiusCode.StatusServer ? 1 : RetransmissionSchedule.MostSends;

    /// <summary>Sends and waits by turns. The octets are the same each time, or the server would take them for another request.</summary>
    private async Task<(bool Heard, int Sends)> TransmitAsync(ClientSocket socket, PendingRequest pending, byte[] octets, int mostSends, long started, TimeSpan limit, CancellationToken cancellationToken)
    {
        TimeSpan end = limit < RetransmissionSchedule.Duration ? limit : RetransmissionSchedule.Duration;
        var schedule = new RetransmissionSchedule();
        for (int sends = 1; ; sends++)
        {
            pending.Sending();
            monitor.Sent(again: sends > 1);
            if (!await socket.TrySendAsync(octets, cancellationToken).ConfigureAwait(false))
            {
                pending.Refused();
                monitor.Refused();
            }

            TimeSpan left = end - time.GetElapsedTime(started);
            TimeSpan wait = schedule.Next();
            bool last = sends == mostSends || wait >= left;
            if (await HeardWithinAsync(pending, last ? left : wait, cancellationToken).ConfigureAwait(false))
            {
                return (true, sends);
            }

            if (last)
            {
                return (false, sends);
            }
        }
    }

    private async Task<bool> HeardWithinAsync(PendingRequest pending, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (pending.Reply.IsCompleted)
        {
            return true;
        }

        if (wait <= TimeSpan.Zero)
        {
            return false;
        }

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task delay = Task.Delay(wait, time, timer.Token);
        Task first = await Task.WhenAny(pending.Reply, delay).ConfigureAwait(false);
        await timer.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return first == pending.Reply;
    }

    private (ClientSocket? Socket, byte Identifier, bool Reachable) Take()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return (null, 0, false);
            }

            foreach (ClientSocket socket in _sockets)
            {
                if (socket.TryTake(out byte identifier))
                {
                    return (socket, identifier, true);
                }
            }

            if (_sockets.Count == mostSockets)
            {
                return (null, 0, true);
            }

            try
            {
                var opened = new ClientSocket(() => ClientSocket.Open(server.EndPoint), monitor, time);
                _sockets.Add(opened);
                opened.TryTake(out byte identifier);
                return (opened, identifier, true);
            }
            catch (SocketException)
            {
                // No route, or no port left: the next server may do better.
                return (null, 0, false);
            }
        }
    }
}
