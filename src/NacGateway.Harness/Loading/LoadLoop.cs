using System.Net.Sockets;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Loading;

/// <summary>
/// Sends, receives and counts on one thread: no lock, no task and no allocation for a request, so that what is measured is the server.
/// Each reply is matched by port and Identifier and believed only when its digests are right, as the client of the gateway does it.
/// </summary>
internal sealed class LoadLoop : IDisposable
{
    private const int MostWait = 100;
    private readonly LoadSettings _settings;
    private readonly TimeProvider _time;
    private readonly RequestFactory _requests;
    private readonly LoadSocket[] _authentication;
    private readonly LoadSocket[] _accounting;
    private readonly LoadSocket[] _all;
    private readonly List<Socket> _readable = [];
    private readonly Queue<(LoadSocket Socket, byte Identifier, int Turn, long Due)> _timers = [];
    private readonly LoadTally _second = new();
    private readonly LoadTally _total = new();
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(RadiusPacket.MaxLength + 1);
    private readonly long _timeout;
    private readonly long _start;
    private int _inFlight;
    private LoadKind? _next;

    /// <summary>Opens the source ports: one for each 256 requests in flight, for authentication and for accounting where the mix has it.</summary>
    /// <exception cref="SocketException">There is no way to the server, or no port left.</exception>
    public LoadLoop(LoadSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        _requests = new RequestFactory(settings, time);
        var ports = (settings.Parallel + LoadSocket.Identifiers - 1) / LoadSocket.Identifiers;
        _authentication = settings.Mix.Kinds.Any(kind => kind != LoadKind.Accounting) ? [.. Enumerable.Range(0, ports).Select(_ => new LoadSocket(settings.Authentication))] : [];
        _accounting = settings.Mix.Kinds.Contains(LoadKind.Accounting) ? [.. Enumerable.Range(0, ports).Select(_ => new LoadSocket(settings.Accounting))] : [];
        _all = [.. _authentication, .. _accounting];
        _timeout = (long)(settings.Timeout.TotalSeconds * time.TimestampFrequency);
        _start = time.GetTimestamp();
    }

    /// <summary>Runs to the end of the plan and until each request is answered or given up; the token ends it at once.</summary>
    /// <param name="onSecond">Told of each second when it is over.</param>
    /// <param name="onProgress">Told some times a second how far the run is.</param>
    /// <param name="cancellationToken">Ends the run with what there is.</param>
    public LoadOutcome Run(Action<LoadSecond> onSecond, Action<LoadProgress> onProgress, CancellationToken cancellationToken)
    {
        var second = 0;
        long sent = 0;
        var elapsed = TimeSpan.Zero;
        var told = TimeSpan.Zero;
        var ended = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            var heard = ReceiveAll();
            elapsed = _time.GetElapsedTime(_start);
            if ((int)elapsed.TotalSeconds > second)
            {
                onSecond(Close(second, 1));
                second = (int)elapsed.TotalSeconds;
            }

            if (elapsed - told > TimeSpan.FromMilliseconds(MostWait))
            {
                told = elapsed;
                onProgress(new LoadProgress(elapsed, sent, _total.Answered + _second.Answered, _total.Lost + _second.Lost));
            }

            Expire();
            sent += ended ? 0 : SendUpTo(_settings.Plan.DueBy(elapsed) - sent);
            ended |= elapsed >= _settings.Plan.Duration || sent >= _settings.Plan.Count;
            if ((ended && _inFlight == 0) || IsDead())
            {
                break;
            }

            if (!heard)
            {
                Wait();
            }
        }

        elapsed = _time.GetElapsedTime(_start);
        var length = elapsed.TotalSeconds - second;
        if (_second.Sent + _second.Answered + _second.Lost > 0)
        {
            onSecond(Close(second, length));
        }

        _total.Add(_second);
        var held = _settings.Plan.Rates.Count == 0 ? 0 : Math.Max(0, _settings.Plan.DueBy(elapsed) - sent);
        return new LoadOutcome(_total, elapsed, _inFlight, held, cancellationToken.IsCancellationRequested);
    }

    public void Dispose()
    {
        foreach (var socket in _all)
        {
            socket.Dispose();
        }
    }

    private LoadSecond Close(int second, double length)
    {
        var line = LoadSecond.Of(second + 1, length, _settings.Plan.RateAt(TimeSpan.FromSeconds(second)), _second);
        _total.Add(_second);
        _second.Clear();
        return line;
    }

    /// <summary>A server that has answered nothing while a whole window of requests (or all there were) was given up is not there.</summary>
    private bool IsDead() => _total.Answered + _second.Answered == 0 && _total.Lost + _second.Lost >= Math.Min(_settings.Parallel, _settings.Plan.Count);

    private bool ReceiveAll()
    {
        var heard = false;
        foreach (var socket in _all)
        {
            while (true)
            {
                var error = socket.Receive(_buffer, out var length);
                if (error == SocketError.Success)
                {
                    Accept(socket, _buffer.AsSpan(0, length));
                    heard = true;
                }
                else if (error is SocketError.WouldBlock or SocketError.IOPending)
                {
                    break;
                }
                else
                {
                    // ICMP port or host unreachable for something sent from this port.
                    _second.Unreachable++;
                }
            }
        }

        return heard;
    }

    private void Accept(LoadSocket socket, ReadOnlySpan<byte> datagram)
    {
        if (PacketReader.TryRead(datagram, out var reply) != PacketError.None || socket[reply.Identifier] is { IsFree: true })
        {
            _second.Unbelieved++;
            return;
        }

        var slot = socket[reply.Identifier];
        var verdict = Authenticators.VerifyReply(reply.Packet, slot.Authenticator, _settings.Secret.Span);
        var isSigned = verdict == PacketVerdict.Authentic;
        if (!isSigned && (verdict != PacketVerdict.AuthenticWithoutMessageAuthenticator || (_settings.RequireMessageAuthenticator && reply.Code != RadiusCode.AccountingResponse)))
        {
            _second.Unbelieved++;
            _second.WrongAuthenticator += verdict == PacketVerdict.WrongAuthenticator ? 1 : 0;
            _second.Unsigned += verdict == PacketVerdict.AuthenticWithoutMessageAuthenticator ? 1 : 0;
            return;
        }

        var isAnswer = (RadiusCode)slot.Buffer[0] == RadiusCode.AccountingRequest
            ? reply.Code == RadiusCode.AccountingResponse
            : reply.Code is RadiusCode.AccessAccept or RadiusCode.AccessReject or RadiusCode.AccessChallenge;
        if (!isAnswer || (reply.Code == RadiusCode.AccessAccept && slot.Proof is { } proof && !MsChapExchange.IsProved(reply, proof)))
        {
            _second.Unbelieved++;
            return;
        }

        _second.CountReply(reply.Code, _time.GetElapsedTime(slot.Started));
        Free(socket, reply.Identifier);
    }

    private void Free(LoadSocket socket, byte identifier)
    {
        socket.Release(identifier);
        _inFlight--;
    }

    /// <summary>Sends again, or gives up, what has waited long enough. All wait equally long, so the timers stand in order.</summary>
    private void Expire()
    {
        var now = _time.GetTimestamp();
        while (_timers.TryPeek(out var timer) && timer.Due <= now)
        {
            _timers.Dequeue();
            var slot = timer.Socket[timer.Identifier];
            if (slot.Turn != timer.Turn)
            {
                continue;
            }

            if (slot.Sends == _settings.Tries)
            {
                _second.Lost++;
                Free(timer.Socket, timer.Identifier);
                continue;
            }

            slot.Sends++;
            _second.Retransmitted++;
            Transmit(timer.Socket, slot);
            _timers.Enqueue(timer with { Due = now + _timeout });
        }
    }

    private long SendUpTo(long wanted)
    {
        long sent = 0;
        for (; sent < wanted && _inFlight < _settings.Parallel; sent++)
        {
            // A kind that found no free port stays the next one, so that the mix is what was asked for.
            var kind = _next ??= _settings.Mix.Next();
            if (Array.Find(kind == LoadKind.Accounting ? _accounting : _authentication, socket => socket.HasFree) is not { } free)
            {
                break;
            }

            _next = null;
            var identifier = free.Take();
            var slot = free[identifier];
            _requests.Write(kind, identifier, slot);
            slot.Sends = 1;
            slot.Started = _time.GetTimestamp();
            _timers.Enqueue((free, identifier, slot.Turn, slot.Started + _timeout));
            _inFlight++;
            _second.Sent++;
            Transmit(free, slot);
        }

        return sent;
    }

    private void Transmit(LoadSocket socket, LoadSlot slot)
    {
        // An error of an earlier datagram is reported here and stops this one; sent once more, it goes out.
        if (socket.Send(slot) == SocketError.ConnectionRefused)
        {
            _second.Unreachable++;
            _ = socket.Send(slot);
        }
    }

    /// <summary>Sleeps until a reply comes or the next request or timer is due; a millisecond at least, for that is what the system's clock of waits gives.</summary>
    private void Wait()
    {
        var milliseconds = _settings.Plan.Rates.Count != 0 && _inFlight < _settings.Parallel ? 1 : MostWait;
        if (_timers.TryPeek(out var timer))
        {
            milliseconds = (int)Math.Clamp((timer.Due - _time.GetTimestamp()) * 1000 / _time.TimestampFrequency, 1, milliseconds);
        }

        if (_all is [var only])
        {
            only.Socket.Poll(milliseconds * 1000, SelectMode.SelectRead);
            return;
        }

        _readable.Clear();
        _readable.AddRange(_all.Select(socket => socket.Socket));
        Socket.Select(_readable, null, null, milliseconds * 1000);
    }
}
