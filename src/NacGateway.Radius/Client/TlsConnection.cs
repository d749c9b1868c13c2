using System.Buffers.Binary;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;
using NacGateway.Radius.Transport;

namespace NacGateway.Radius.Client;

/// <summary>
/// One TLS connection to a server: many requests in flight, replies in any order. It watches itself by Status-Server while replies are
/// overdue and closes when it is idle. Safe for concurrent use.
/// </summary>
internal sealed partial class TlsConnection : IAsyncDisposable
{
    private const long Nothing = long.MaxValue;
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    private readonly RadiusServerSettings _server;
    private readonly RadSecClientSettings _tls;
    private readonly DropCounter _drops;
    private readonly TimeProvider _time;
    private readonly SslStream _stream;
    private readonly FrameWriter _writer;
    private readonly InFlight _requests;
    private readonly Lock _silence = new();
    private readonly Action<TlsConnection> _ended;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop;
    private readonly Task _reading;
    private readonly Task _writing;
    private readonly Task _watching;
    private long _lastHeard;
    private long _lastUsed;
    private long _unansweredSince = Nothing;
    private int _hasEnded;
    private bool _hasServed;

    /// <summary>Takes over a link and begins to work.</summary>
    /// <param name="link">The link; owned from now on.</param>
    /// <param name="server">The server.</param>
    /// <param name="tls">Its TLS settings.</param>
    /// <param name="drops">Counts what is not believed.</param>
    /// <param name="time">Clock of watchdog and idle time.</param>
    /// <param name="ended">Called once, before those who wait are told.</param>
    public TlsConnection(RadSecLink link, RadiusServerSettings server, RadSecClientSettings tls, DropCounter drops, TimeProvider time, Action<TlsConnection> ended)
    {
        (_server, _tls, _drops, _time, _ended) = (server, tls, drops, time, ended);
        _stream = link.Stream;
        Version = link.Version;
        _log = tls.Logger ?? NullLogger.Instance;
        _writer = new FrameWriter(_stream);
        _requests = new InFlight(Version, time);
        _lastHeard = _lastUsed = time.GetTimestamp();
        _stop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _reading = Task.Run(ReadAsync);
        _writing = Task.Run(WriteAsync);
        _watching = Task.Run(WatchAsync);
    }

    public RadiusVersion Version { get; }

    /// <summary>Whether a believable packet ever came: before that, nobody knows whether the server has accepted our certificate.</summary>
    public bool HasServed => Volatile.Read(ref _hasServed);

    public bool HasEnded => Volatile.Read(ref _hasEnded) != 0;

    /// <summary>Whether we closed it because nothing happened.</summary>
    public bool WasIdle { get; private set; }

    /// <summary>Whether the server ended it by a TLS alert before it served.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Why it ended; null while it has not.</summary>
    public string? Problem { get; private set; }

    public bool TryTake(RadiusCode code, out uint key) => _requests.TryTake(code, out key);

    /// <summary>Queues a request; its outcome, the connection's end included, comes by <paramref name="pending"/>.</summary>
    /// <returns>When it was sent, for <see cref="GiveUp"/>.</returns>
    public long Send(uint key, PendingRequest pending, byte[] octets)
    {
        long now = _time.GetTimestamp();
        if (_requests.Count <= 1 && Volatile.Read(ref _unansweredSince) == Nothing)
        {
            // Silence before this request says nothing about the server, unless another request was left in it.
            Volatile.Write(ref _lastHeard, now);
        }

        Volatile.Write(ref _lastUsed, now);
        _requests.Expect(key, pending);
        if (!_writer.TryQueue(octets))
        {
            pending.Unreachable();
        }

        return now;
    }

    /// <summary>Gives back a key whose request was answered, or never sent.</summary>
    public void Release(uint key) => _requests.Release(key, answered: true);

    /// <summary>Gives back a key whose request nobody waits for any more. That others are asked sooner than this server answers must not hide its silence from the watchdog.</summary>
    /// <param name="key">The key.</param>
    /// <param name="sent">Timestamp of the request.</param>
    public void GiveUp(uint key, long sent)
    {
        _requests.Release(key, answered: false);
        lock (_silence)
        {
            if (sent >= _lastHeard && sent < _unansweredSince)
            {
                Volatile.Write(ref _unansweredSince, sent);
            }
        }
    }

    /// <summary>Says goodbye and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        End("it was closed by this side", refused: false);
        await Task.WhenAll(_reading, _writing, _watching).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        var reader = new FrameReader(_stream);
        try
        {
            while (true)
            {
                (FrameStatus status, ReadOnlyMemory<byte> packet) = await reader.ReadAsync(_stop.Token).ConfigureAwait(false);
                string? problem = status switch
                {
                    FrameStatus.Packet => Accept(packet.Span),
                    FrameStatus.End => "the server closed it",
                    FrameStatus.Cut => "the server closed it within a packet",
                    _ => "the server sent a packet whose Length is not 20 to 4096",
                };
                if (problem is not null)
                {
                    End(problem, refused: false);
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException or AuthenticationException)
        {
            End(RadSecAlert.Explain(exception), RadSecAlert.IsAlert(exception));
        }
    }

    /// <summary>Takes one packet; what must end the connection is returned (RFC 6613 section 2.6.4).</summary>
    private string? Accept(ReadOnlySpan<byte> packet)
    {
        lock (_silence)
        {
            Volatile.Write(ref _lastHeard, _time.GetTimestamp());
            Volatile.Write(ref _unansweredSince, Nothing);
        }

        uint key = Version == RadiusVersion.Radius11 ? BinaryPrimitives.ReadUInt32BigEndian(packet[4..]) : packet[1];
        PendingRequest? request = _requests.Find(key);
        DropReason? reason = request is not null ? request.Offer(packet)
            : PacketReader.TryRead(packet, out _) == PacketError.None ? DropReason.UnknownIdentifier
            : DropReason.Malformed;
        if (reason is null)
        {
            Volatile.Write(ref _hasServed, true);
            return null;
        }

        _drops.Add(reason.Value);
        return reason switch
        {
            DropReason.Malformed => "the server sent a packet whose attributes do not fill it",
            DropReason.WrongAuthenticator => "the server sent a reply with a wrong Response Authenticator; inside TLS the secret is \"radsec\" on both sides",
            DropReason.WrongMessageAuthenticator => "the server sent a reply with a wrong Message-Authenticator",
            _ => null,
        };
    }

    private async Task WriteAsync()
    {
        try
        {
            await _writer.RunAsync(_ => { }, _stop.Token).ConfigureAwait(false);
            using var limit = new CancellationTokenSource(s_farewell, _time);
            await _stream.ShutdownAsync().WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            End(RadSecAlert.Explain(exception), RadSecAlert.IsAlert(exception));
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Asks after the server while replies are overdue, and closes what nobody uses.</summary>
    private async Task WatchAsync()
    {
        try
        {
            while (!HasEnded)
            {
                await Task.Delay(s_tick, _time, _stop.Token).ConfigureAwait(false);
                long unanswered = Volatile.Read(ref _unansweredSince);
                if (_requests.Count == 0 && unanswered == Nothing)
                {
                    if (_time.GetElapsedTime(Volatile.Read(ref _lastUsed)) >= _tls.IdleTimeout && _requests.Close(onlyIfEmpty: true, out _))
                    {
                        WasIdle = true;
                        End("nothing happened on it", refused: false);
                    }
                }
                else if (_time.GetElapsedTime(Math.Min(Volatile.Read(ref _lastHeard), unanswered)) >= _tls.WatchdogAfter && !await AskAsync().ConfigureAwait(false))
                {
                    End("the server answered neither requests nor Status-Server", refused: false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It ends.
        }
    }

    /// <summary>Whether anything comes while a Status-Server waits for its answer.</summary>
    private async Task<bool> AskAsync()
    {
        if (!_requests.TryTake(RadiusCode.StatusServer, out uint key))
        {
            return true;
        }

        RadiusPacket request = Version == RadiusVersion.Radius11
            ? RequestComposer.Compose11(RadiusCode.StatusServer, key, FillStatus, _server, out byte[] octets)
            : RequestComposer.Compose(RadiusCode.StatusServer, (byte)key, FillStatus, _server, out octets);
        var pending = new PendingRequest(_server, RadiusCode.StatusServer, octets.AsMemory(4, RadiusPacket.AuthenticatorLength), request.Version);
        long asked = _time.GetTimestamp();
        _requests.Expect(key, pending);
        _writer.TryQueue(octets);
        bool answered = false;
        try
        {
            answered = await pending.Reply.WaitAsync(_tls.WatchdogAfter, _time, _stop.Token).ConfigureAwait(false) is not null;
        }
        catch (TimeoutException)
        {
            // Replies to others show as well that the server lives.
        }
        finally
        {
            _requests.Release(key, answered);
        }

        return answered || Volatile.Read(ref _lastHeard) > asked;
    }

    private static void FillStatus(RadiusPacket request, RadiusServerSettings server) => request.AddMessageAuthenticator();

    /// <summary>Ends the connection once: nobody new, those who wait are told, what is queued may still go out.</summary>
    private void End(string problem, bool refused)
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) != 0)
        {
            return;
        }

        IsRefused = refused && !HasServed;
        problem = refused || HasServed || WasIdle ? problem : problem + " before it had served. If it does so each time, it does not know this client, or does not trust the authority that issued the certificate of CertificateFile";
        Problem = IsRefused
            ? $"RadSec with {_server.EndPoint} is refused by the server: {problem}. It must trust the authority that issued the certificate of CertificateFile, and know this client"
            : $"the RadSec connection to {_server.EndPoint} ended: {problem}";
        if (IsRefused)
        {
            Log.Refused(_log, _server.Name, Problem);
        }
        else
        {
            Log.Ended(_log, _server.Name, _server.EndPoint, problem);
        }

        _requests.Close(onlyIfEmpty: false, out PendingRequest[] left);
        _ended(this);
        foreach (PendingRequest request in left)
        {
            request.Unreachable();
        }

        // What is queued may still go out, but a server that does not read must not keep the writer for ever.
        _writer.Complete();
        _stop.CancelAfter(s_farewell);
    }

    private static partial class Log
    {
        [LoggerMessage(1210, LogLevel.Information, "The RadSec connection to RADIUS server {Server} ({EndPoint}) ended: {Reason}")]
        public static partial void Ended(ILogger logger, string server, System.Net.IPEndPoint endPoint, string reason);

        [LoggerMessage(1211, LogLevel.Warning, "RADIUS server {Server}: {Problem}")]
        public static partial void Refused(ILogger logger, string server, string problem);
    }
}
