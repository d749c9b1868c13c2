using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;

namespace NacGateway.Radius.Server;

/// <summary>One client's connection: reads requests, has them answered concurrently, writes the replies as they come.</summary>
internal sealed partial class RadSecSession(
    RadSecLink link,
    IPEndPoint source,
    NasEntry nas,
    RadSecListenerSettings settings,
    RadiusRequestHandler handler,
    RadiusServerCounters counters,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    private const int KeptReplies = 1024;
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_hold = TimeSpan.FromMilliseconds(50);

    private readonly FrameReader _reader = new(link.Stream);
    private readonly FrameWriter _writer = new(link.Stream);
    private readonly SemaphoreSlim _room = new(settings.MaxPendingPerConnection);
    private readonly DuplicateCache _duplicates = new(time, settings.DuplicateWindow, KeptReplies);
    private readonly HashSet<uint> _live = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private long _lastHeard = time.GetTimestamp();
    private long? _partialSince;

    /// <summary>Works until the client ends it, breaks a rule, or <paramref name="stopping"/> is set and all that was read is answered.</summary>
    /// <param name="stopping">Nothing more is read.</param>
    /// <param name="cutting">The grace is over.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken cutting)
    {
        using CancellationTokenRegistration cut = cutting.Register(Cut);
        Task writing = WriteAsync();
        string reason = await ReadAsync(stopping, cutting).ConfigureAwait(false);
        try
        {
            // All room taken means that nobody works for this connection any more.
            for (int taken = 0; taken < settings.MaxPendingPerConnection; taken++)
            {
                await _room.WaitAsync(_stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The grace is over, or nobody reads the replies any more.
        }

        _writer.Complete();
        await writing.ConfigureAwait(false);
        Log.Ended(logger, nas.Name, source, reason);
    }

    /// <summary>Ends the connection when it has been idle or within a packet for too long.</summary>
    public void Sweep()
    {
        _partialSince = _reader.IsWithinPacket ? _partialSince ?? time.GetTimestamp() : null;
        bool isStuck = _partialSince is { } since && time.GetElapsedTime(since) >= settings.PacketTimeout;

        // Also with replies that wait: a client that reads none of them would hold its place for ever.
        bool isIdle = time.GetElapsedTime(Volatile.Read(ref _lastHeard)) >= settings.IdleTimeout;
        if (isStuck || isIdle)
        {
            Cut();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _room.Dispose();
        _stop.Dispose();
    }

    private async Task<string> ReadAsync(CancellationToken stopping, CancellationToken cutting)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, _stop.Token);
        try
        {
            while (true)
            {
                (FrameStatus status, ReadOnlyMemory<byte> packet) = await _reader.ReadAsync(either.Token).ConfigureAwait(false);
                if (status != FrameStatus.Packet)
                {
                    return status switch
                    {
                        FrameStatus.End => "the client closed it",
                        FrameStatus.Cut => "the client closed it within a packet",
                        _ => Broken(RadiusDropReason.Malformed, "its Length field is not 20 to 4096"),
                    };
                }

                Volatile.Write(ref _lastHeard, time.GetTimestamp());
                await _room.WaitAsync(either.Token).ConfigureAwait(false);
                if (Accept(packet.Span, cutting) is { } problem)
                {
                    _room.Release();
                    return problem;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return stopping.IsCancellationRequested ? "the server stops" : "it was idle, or stuck within a packet";
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or AuthenticationException)
        {
            return RadSecAlert.Explain(exception);
        }
    }

    /// <summary>Takes one packet, and gives the room back for what is not handled; what must end the connection is returned (RFC 6613 section 2.6.4).</summary>
    private string? Accept(ReadOnlySpan<byte> octets, CancellationToken cutting)
    {
        if (PacketReader.TryRead(octets, out PacketReader reader) != PacketError.None || !RadiusPacket.TryParse(octets, out RadiusPacket? request, out _))
        {
            return Broken(RadiusDropReason.Malformed, "its attributes do not fill it");
        }

        if (!RadiusServer.IsRequest(reader.Code))
        {
            counters.CountDropped(RadiusDropReason.UnexpectedCode);
            _room.Release();
            return null;
        }

        request.Version = link.Version;
        if (link.Version == RadiusVersion.Radius11)
        {
            return TryRoute(request, octets, out IReplyRoute? planned) ? Accept11(request, planned, cutting) : null;
        }

        // Inside TLS a Message-Authenticator may be missing, but one that is there must be right.
        if (Authenticators.VerifyRequest(octets, RadSecProtocol.Secret.Span) is not (PacketVerdict.Authentic or PacketVerdict.AuthenticWithoutMessageAuthenticator or PacketVerdict.EapWithoutMessageAuthenticator))
        {
            return Broken(RadiusDropReason.Unverified, "its authenticator is wrong; inside TLS the secret is \"radsec\" on both sides");
        }

        if (!TryRoute(request, octets, out IReplyRoute? route))
        {
            return null;
        }

        var key = DuplicateCache.Key.Of(source, request);
        if (_duplicates.TryBegin(key, out byte[]? kept))
        {
            _ = Task.Run(() => HandleAsync(request, key, route, cutting), CancellationToken.None);
        }
        else if (kept is not null)
        {
            counters.CountAnswered(repeated: true);
            Send(kept, route);
        }
        else
        {
            counters.CountDropped(RadiusDropReason.DuplicateInProgress);
            _room.Release();
        }

        return null;
    }

    private string? Accept11(RadiusPacket request, IReplyRoute? route, CancellationToken cutting)
    {
        lock (_lock)
        {
            if (!_live.Add(request.Token))
            {
                // Two requests under one Token: an answer could be taken for that of the other (RFC 9765 section 4.2.2).
                return Broken(RadiusDropReason.Malformed, "its Token is in use");
            }
        }

        _ = Task.Run(() => HandleAsync(request, null, route, cutting), CancellationToken.None);
        return null;
    }

    [SuppressMessage("Design", "CA1031", Justification = "One failed request must not end the connection; it is logged and counted.")]
    private async Task HandleAsync(RadiusPacket request, DuplicateCache.Key? key, IReplyRoute? route, CancellationToken cutting)
    {
        byte[]? octets = null;
        var context = new RadiusRequestContext(request, source, nas, isTls: true);
        try
        {
            RadiusPacket? reply = await handler(context, cutting).ConfigureAwait(false);
            octets = reply is null ? null : context.Encode(reply);
            if (octets is null)
            {
                counters.CountDropped(RadiusDropReason.NotAnswered);
            }
            else
            {
                counters.CountAnswered(repeated: false);
            }
        }
        catch (Exception error)
        {
            counters.CountDropped(RadiusDropReason.HandlerFailed);
            Log.HandlerFailed(logger, nas, source, error);

            // In RADIUS/1.1 the client is told, so that it asks another server (RFC 9765 section 6.1).
            octets = request.Version == RadiusVersion.Radius11 ? context.Encode(context.CreateProtocolError(ErrorCause.ResourcesUnavailable)) : null;
        }

        if (key is { } known)
        {
            if (octets is null)
            {
                _duplicates.Forget(known);
            }
            else
            {
                _duplicates.Complete(known, octets);
            }
        }
        else
        {
            lock (_lock)
            {
                _live.Remove(request.Token);
            }
        }

        Send(octets, route);
    }

    /// <summary>False for a request that shall be as if it had never come; its room is free again.</summary>
    private bool TryRoute(RadiusPacket request, ReadOnlySpan<byte> octets, out IReplyRoute? route)
    {
        route = settings.Wire?.Take(request, octets, nas);
        if (settings.Wire is null || route is not null)
        {
            return true;
        }

        _room.Release();
        return false;
    }

    private void Send(byte[]? octets, IReplyRoute? route)
    {
        if (octets is null || route is null)
        {
            Queue(octets);
            return;
        }

        IReadOnlyList<Departure> departures = route.Plan(octets);
        if (departures.Count == 0)
        {
            Queue(null);
            return;
        }

        _ = DepartAsync(departures);
    }

    /// <summary>Sends what was planned in place of one reply; the room of its request goes with the first, and each other takes one of its own.</summary>
    private async Task DepartAsync(IReadOnlyList<Departure> departures)
    {
        int held = 1;
        try
        {
            foreach (Departure departure in departures.OrderBy(departure => departure.Delay))
            {
                if (held == 0)
                {
                    await _room.WaitAsync(_stop.Token).ConfigureAwait(false);
                    held = 1;
                }

                TimeSpan wait = departure.AfterNext ? departure.Delay + s_hold : departure.Delay;
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, time, _stop.Token).ConfigureAwait(false);
                }

                held = 0;
                Queue(departure.Octets.ToArray());
                if (departure.CutsConnection)
                {
                    // What is queued leaves first, then nothing more.
                    _writer.Complete();
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The connection has ended before.
            if (held == 1)
            {
                Queue(null);
            }
        }
    }

    /// <summary>Queues a reply; its room is free when it is written, so that a client that does not read holds up itself alone.</summary>
    private void Queue(byte[]? octets)
    {
        if (octets is not null && _writer.TryQueue(octets))
        {
            return;
        }

        try
        {
            _room.Release();
        }
        catch (ObjectDisposedException)
        {
            // The grace was over before this handler was.
        }
    }

    private void Cut()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await _writer.RunAsync(packets => _room.Release(packets), _stop.Token).ConfigureAwait(false);
            using var limit = new CancellationTokenSource(s_farewell, time);
            await link.Stream.ShutdownAsync().WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private string Broken(RadiusDropReason reason, string what)
    {
        counters.CountDropped(reason);
        Log.Broken(logger, nas.Name, source, what);
        return "the client broke a rule";
    }

    private static partial class Log
    {
        [LoggerMessage(1230, LogLevel.Debug, "The RadSec connection of {Nas} at {Source} ended: {Reason}")]
        public static partial void Ended(ILogger logger, string nas, IPEndPoint source, string reason);

        [LoggerMessage(1231, LogLevel.Warning, "The RadSec connection of {Nas} at {Source} is closed because of a packet: {What} (RFC 6613 section 2.6.4)")]
        public static partial void Broken(ILogger logger, string nas, IPEndPoint source, string what);

        [LoggerMessage(1232, LogLevel.Error, "The request of {Nas} at {Source} was not answered, because its handler failed")]
        public static partial void HandlerFailed(ILogger logger, NasEntry nas, IPEndPoint source, Exception exception);
    }
}
