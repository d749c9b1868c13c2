using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Server;

/// <summary>
/// Receives RADIUS requests over UDP, verifies them, has them answered by a handler, signs and sends the replies. What cannot be
/// believed is dropped, counted and logged at a bounded rate, never answered (RFC 2865 section 3). Safe for concurrent use.
/// </summary>
public sealed partial class RadiusServer : IAsyncDisposable
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_tellInterval = TimeSpan.FromSeconds(1);

    private readonly RadiusRequestHandler _handler;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly NasTable _nas;
    private readonly DuplicateCache _duplicates;
    private readonly Socket _socket;
    private readonly CancellationTokenSource _receiving = new();
    private readonly CancellationTokenSource _handling = new();
    private readonly Lock _lock = new();
    private readonly long?[] _lastLogged = new long?[Enum.GetValues<RadiusDropReason>().Length];
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _maxPending;
    private readonly bool _tellsMissing;
    private readonly IServerWire? _wire;
    private readonly DepartureDesk? _departures;
    private int _pending;
    private bool _stopping;
    private long? _lastTold;
    private Task? _loop;

    /// <summary>Binds the socket; nothing is received before <see cref="Start"/>.</summary>
    /// <param name="settings">Where to listen and whom to answer.</param>
    /// <param name="handler">Answers the verified requests.</param>
    /// <param name="timeProvider">Clock of the duplicate window and of the rate of log lines.</param>
    /// <param name="logger">Receives what is dropped and what fails; none by default.</param>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public RadiusServer(RadiusListenerSettings settings, RadiusRequestHandler handler, TimeProvider timeProvider, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.MaxPending < 1 || settings.MaxKeptReplies < 1)
        {
            throw new ArgumentException("MaxPending and MaxKeptReplies must be at least 1.", nameof(settings));
        }

        _handler = handler;
        _time = timeProvider;
        _logger = logger ?? NullLogger.Instance;
        _nas = new NasTable(settings.Nas);
        _duplicates = new DuplicateCache(timeProvider, settings.DuplicateWindow, settings.MaxKeptReplies);
        _maxPending = settings.MaxPending;
        _socket = Bind(settings.Listen);
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        _tellsMissing = settings.TellsMissingMessageAuthenticator;
        _wire = settings.Wire;
        _departures = _wire is null ? null : new DepartureDesk(_socket, _time, _logger);
    }

    /// <summary>The address and port that are bound.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What has been answered and dropped so far.</summary>
    public RadiusServerCounters Counters { get; } = new();

    /// <summary>Begins to receive.</summary>
    /// <exception cref="InvalidOperationException">It has begun already, or is stopped.</exception>
    public void Start()
    {
        lock (_lock)
        {
            if (_loop is not null || _stopping)
            {
                throw new InvalidOperationException("A RADIUS server is started once.");
            }

            _loop = Task.Run(ReceiveAsync);
        }
    }

    /// <summary>Receives no more and finishes what is in flight; a second call waits for the same.</summary>
    /// <param name="grace">How long handlers may take; then their token is set and they are abandoned.</param>
    public async Task StopAsync(TimeSpan grace)
    {
        await _receiving.CancelAsync().ConfigureAwait(false);
        Task? loop;
        lock (_lock)
        {
            loop = _loop;
            _stopping = true;
        }

        await (loop ?? Task.CompletedTask).ConfigureAwait(false);
        lock (_lock)
        {
            if (_pending == 0)
            {
                _drained.TrySetResult();
            }
        }

        try
        {
            await _drained.Task.WaitAsync(grace, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Log.CutOff(_logger, Volatile.Read(ref _pending));
        }

        await _handling.CancelAsync().ConfigureAwait(false);
        _departures?.Dispose();
        _socket.Dispose();
        Counters.Dispose();
    }

    /// <summary>Stops without grace.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero).ConfigureAwait(false);
        _receiving.Dispose();
    }

    internal static bool IsRequest(RadiusCode code) =>
        code is RadiusCode.AccessRequest or RadiusCode.AccountingRequest or RadiusCode.StatusServer or RadiusCode.CoaRequest or RadiusCode.DisconnectRequest;

    private static Socket Bind(IPEndPoint listen)
    {
        var socket = new Socket(listen.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (listen.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(listen);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task ReceiveAsync()
    {
        // One octet more than a packet may have: what fills it is longer than RADIUS allows or padded beyond reason.
        byte[] buffer = new byte[RadiusPacket.MaxLength + 1];
        var from = new SocketAddress(_socket.AddressFamily);
        var peers = new PeerCache(_socket.LocalEndPoint!);
        while (!_receiving.IsCancellationRequested)
        {
            try
            {
                int length = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, from, _receiving.Token).ConfigureAwait(false);
                AcceptOrDrop(buffer.AsSpan(0, length), peers.Of(from));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException error)
            {
                // An ICMP error about a reply sent earlier, or a datagram beyond the buffer: no reason to stop serving the others.
                Log.SocketError(_logger, error);
            }
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "No datagram, and no hook that looks at one, may end the loop that all others need; it is logged and counted.")]
    private void AcceptOrDrop(ReadOnlySpan<byte> datagram, PeerCache.Peer peer)
    {
        try
        {
            Accept(datagram, peer);
        }
        catch (Exception error)
        {
            Counters.CountDropped(RadiusDropReason.HandlerFailed);
            Log.AcceptFailed(_logger, peer.Source, error);
        }
    }

    private void Accept(ReadOnlySpan<byte> datagram, PeerCache.Peer peer)
    {
        IPEndPoint source = peer.Source;
        if (!_nas.TryFind(source.Address, out NasEntry? nas))
        {
            Drop(source, RadiusDropReason.UnknownSource);
            return;
        }

        if (Check(datagram, nas, out RadiusPacket? request) is { } reason)
        {
            _wire?.Refuse(datagram, nas, reason);
            Drop(source, reason);
            if (_tellsMissing && reason == RadiusDropReason.MissingMessageAuthenticator)
            {
                Tell(datagram, peer, nas);
            }

            return;
        }

        IReplyRoute? route = _wire?.Take(request!, datagram, nas);
        if (_wire is not null && route is null)
        {
            return;
        }

        var key = DuplicateCache.Key.Of(source, request!);
        if (!TryEnter())
        {
            Drop(source, RadiusDropReason.Overloaded);
            return;
        }

        if (_duplicates.TryBegin(key, out byte[]? kept))
        {
            // Not by way of the thread pool, which would take longer than most handlers do.
            _ = HandleAsync(new RadiusRequestContext(request!, source, nas), peer.Address, key, route);
        }
        else if (kept is null)
        {
            Leave();
            Drop(source, RadiusDropReason.DuplicateInProgress);
        }
        else
        {
            _ = SendKnownAsync(kept, peer.Address, route, repeated: true);
        }
    }

    private static RadiusDropReason? Check(ReadOnlySpan<byte> datagram, NasEntry nas, out RadiusPacket? request)
    {
        request = null;
        if (PacketReader.TryRead(datagram, out PacketReader reader) != PacketError.None)
        {
            return RadiusDropReason.Malformed;
        }

        if (!IsRequest(reader.Code))
        {
            return RadiusDropReason.UnexpectedCode;
        }

        switch (Authenticators.VerifyRequest(reader.Packet, nas.Secret.Span))
        {
            case PacketVerdict.Authentic:
                break;
            case PacketVerdict.AuthenticWithoutMessageAuthenticator:
                if (reader.Code == RadiusCode.StatusServer || (reader.Code == RadiusCode.AccessRequest && nas.RequireMessageAuthenticator))
                {
                    return RadiusDropReason.MissingMessageAuthenticator;
                }

                break;
            case PacketVerdict.EapWithoutMessageAuthenticator:
                return RadiusDropReason.MissingMessageAuthenticator;
            default:
                return RadiusDropReason.Unverified;
        }

        return RadiusPacket.TryParse(reader.Packet, out request, out _) ? null : RadiusDropReason.Malformed;
    }

    [SuppressMessage("Design", "CA1031", Justification = "One failed request must not end the server; it is logged and counted.")]
    private async Task HandleAsync(RadiusRequestContext context, SocketAddress remote, DuplicateCache.Key key, IReplyRoute? route)
    {
        byte[]? octets = null;
        try
        {
            RadiusPacket? reply = await _handler(context, _handling.Token).ConfigureAwait(false);
            if (reply is null)
            {
                Counters.CountDropped(RadiusDropReason.NotAnswered);
                return;
            }

            octets = context.Encode(reply);
            _duplicates.Complete(key, octets);
            await SendAsync(octets, remote, route).ConfigureAwait(false);
            Counters.CountAnswered(repeated: false);
        }
        catch (Exception error)
        {
            Counters.CountDropped(RadiusDropReason.HandlerFailed);
            Log.HandlerFailed(_logger, context.Nas, context.Source, error);
        }
        finally
        {
            if (octets is null)
            {
                _duplicates.Forget(key);
            }

            Leave();
        }
    }

    private async Task SendKnownAsync(byte[] octets, SocketAddress remote, IReplyRoute? route, bool repeated)
    {
        try
        {
            await SendAsync(octets, remote, route).ConfigureAwait(false);
            Counters.CountAnswered(repeated);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            Log.SocketError(_logger, error);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>
    /// Tells a client's administrator what is missing, and not an attacker more than a line a second (draft-ietf-radext-deprecating-radius
    /// section 5.3.3). The receive loop alone comes here.
    /// </summary>
    private void Tell(ReadOnlySpan<byte> datagram, PeerCache.Peer peer, NasEntry nas)
    {
        if ((_lastTold is { } last && _time.GetElapsedTime(last) < s_tellInterval) || !RadiusPacket.TryParse(datagram, out RadiusPacket? request, out _) || !TryEnter())
        {
            return;
        }

        _lastTold = _time.GetTimestamp();
        var context = new RadiusRequestContext(request, peer.Source, nas);
        RadiusPacket reply = context.CreateReply(RadiusCode.AccessReject);
        reply.ErrorCause = ErrorCause.MissingMessageAuthenticator;
        _ = SendKnownAsync(context.Encode(reply), peer.Address, route: null, repeated: false);
    }

    private async ValueTask SendAsync(byte[] octets, SocketAddress remote, IReplyRoute? route)
    {
        if (route is null)
        {
            await _socket.SendToAsync(octets, SocketFlags.None, remote).ConfigureAwait(false);
            return;
        }

        await _departures!.SendAsync(route.Plan(octets), remote).ConfigureAwait(false);
    }

    private void Drop(IPEndPoint source, RadiusDropReason reason)
    {
        // Only the receive loop comes here, so the times of the last lines need no lock.
        long count = Counters.CountDropped(reason);
        if (_lastLogged[(int)reason] is { } last && _time.GetElapsedTime(last) < LogInterval)
        {
            return;
        }

        _lastLogged[(int)reason] = _time.GetTimestamp();
        Log.Dropped(_logger, source, reason, count);
    }

    private bool TryEnter()
    {
        lock (_lock)
        {
            if (_pending >= _maxPending)
            {
                return false;
            }

            _pending++;
            return true;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _pending--;
            if (_stopping && _pending == 0)
            {
                _drained.TrySetResult();
            }
        }
    }
}
