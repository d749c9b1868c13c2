using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;
using NacGateway.Radius.Transport;

namespace NacGateway.Radius.Client;

/// <summary>
/// Asks one server over TLS (RFC 6613, RFC 6614, RFC 9765). One connection is kept and carries many requests; further ones are opened
/// only when it is full. Nothing is sent twice on a connection that lives; when one breaks, what waited on it is sent on the next, and
/// the attempts to get one are spaced out. Never UDP instead. Safe for concurrent use.
/// </summary>
internal sealed partial class TlsExchanger : IExchanger
{
    /// <summary>Breaks of connections that never served, after which a request is given up: the server does not want us.</summary>
    private const int Patience = 2;

    private readonly RadiusServerSettings _server;
    private readonly RadSecClientSettings _tls;
    private readonly DropCounter _drops;
    private readonly TimeProvider _time;
    private readonly int _mostConnections;
    private readonly RadSecDialer _dialer;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private readonly List<TlsConnection> _connections = [];
    private readonly ReconnectBackoff _backoff = new(Random.Shared.NextDouble);
    private readonly CancellationTokenSource _stop = new();
    private Task<RadSecDialed>? _dialing;
    private long _notBefore = long.MinValue;
    private RadSecDialed? _lastFailure;
    private bool _disposed;

    public TlsExchanger(RadiusServerSettings server, RadSecClientSettings tls, DropCounter drops, TimeProvider time, int mostConnections)
    {
        (_server, _tls, _drops, _time) = (server, tls, drops, time);
        _mostConnections = Math.Max(1, Math.Min(mostConnections, tls.MaxConnections));
        _dialer = new RadSecDialer(server.EndPoint, tls, time);
        _log = tls.Logger ?? NullLogger.Instance;
    }

    /// <summary>When the certificate ends that the server showed last; null before the first connection.</summary>
    public DateTimeOffset? PeerCertificateEnds => _dialer.PeerEnds;

    /// <inheritdoc/>
    public async Task<ExchangeResult> ExchangeAsync(RadiusCode code, RadiusRequestTemplate template, TimeSpan limit, CancellationToken cancellationToken)
    {
        long started = _time.GetTimestamp();
        TimeSpan end = limit < RetransmissionSchedule.Duration ? limit : RetransmissionSchedule.Duration;
        int sends = 0;
        int breaks = 0;
        while (true)
        {
            (TlsConnection? connection, uint key, ExchangeStatus failure, string? problem) = await TakeAsync(code, started, end, patient: sends > 0, cancellationToken).ConfigureAwait(false);
            if (connection is null)
            {
                return Ended(failure, null, null, problem);
            }

            RadiusPacket request = Compose(connection, code, key, template, out byte[] octets);
            var pending = new PendingRequest(_server, code, octets.AsMemory(4, RadiusPacket.AuthenticatorLength), connection.Version);
            sends++;
            (bool inTime, RadiusPacket? reply) = await TransmitAsync(connection, key, pending, octets, Left(started, end), cancellationToken).ConfigureAwait(false);
            if (!inTime)
            {
                return Ended(ExchangeStatus.TimedOut, request, null, null);
            }

            if (reply is not null)
            {
                return Ended(reply.Code == RadiusCode.ProtocolError ? ExchangeStatus.ProtocolError : ExchangeStatus.Answered, request, reply, null);
            }

            if (pending.SawWrongAuthenticator)
            {
                return Ended(ExchangeStatus.WrongSecret, request, null, connection.Problem);
            }

            if (connection.IsRefused || (!connection.HasServed && ++breaks == Patience))
            {
                return Ended(connection.IsRefused ? ExchangeStatus.Refused : ExchangeStatus.Unreachable, request, null, connection.Problem);
            }
        }

        ExchangeResult Ended(ExchangeStatus status, RadiusPacket? request, RadiusPacket? reply, string? problem) => new()
        {
            Status = status,
            Request = request,
            Reply = reply,
            Server = _server,
            Sends = sends,
            Problem = problem,
            Elapsed = _time.GetElapsedTime(started),
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task? dialing;
        lock (_lock)
        {
            _disposed = true;
            dialing = _dialing;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        if (dialing is not null)
        {
            await dialing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        TlsConnection[] connections;
        lock (_lock)
        {
            // Only now: the last attempt may have given one more.
            connections = [.. _connections];
        }

        foreach (TlsConnection connection in connections)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    /// <summary>Sends, waits, and gives the key back.</summary>
    /// <returns>The reply, or null when the connection broke; or that the time is over.</returns>
    private async Task<(bool InTime, RadiusPacket? Reply)> TransmitAsync(TlsConnection connection, uint key, PendingRequest pending, byte[] octets, TimeSpan limit, CancellationToken cancellationToken)
    {
        long sent = long.MinValue;
        RadiusPacket? reply = null;
        try
        {
            sent = connection.Send(key, pending, octets);
            reply = await pending.Reply.WaitAsync(limit, _time, cancellationToken).ConfigureAwait(false);
            return (true, reply);
        }
        catch (TimeoutException)
        {
            return (false, null);
        }
        finally
        {
            if (reply is not null)
            {
                connection.Release(key);
                Served();
            }
            else
            {
                connection.GiveUp(key, sent);
            }
        }
    }

    private RadiusPacket Compose(TlsConnection connection, RadiusCode code, uint key, RadiusRequestTemplate template, out byte[] octets)
    {
        try
        {
            return connection.Version == RadiusVersion.Radius11
                ? RequestComposer.Compose11(code, key, template, _server, out octets)
                : RequestComposer.Compose(code, (byte)key, template, _server, out octets);
        }
        catch
        {
            connection.Release(key);
            throw;
        }
    }

    private TimeSpan Left(long started, TimeSpan end)
    {
        TimeSpan left = end - _time.GetElapsedTime(started);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>A connection with room and a key on it, opened if need be; or why there is none.</summary>
    /// <param name="code">Code of the request.</param>
    /// <param name="started">When the exchange began.</param>
    /// <param name="end">How long it may take.</param>
    /// <param name="patient">Whether it waits for the next attempt after one has failed; what was sent already does, so that a break does not lose it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private async Task<(TlsConnection? Connection, uint Key, ExchangeStatus Failure, string? Problem)> TakeAsync(RadiusCode code, long started, TimeSpan end, bool patient, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<RadSecDialed>? dialing;
            TimeSpan wait = TimeSpan.Zero;
            lock (_lock)
            {
                foreach (TlsConnection connection in _connections)
                {
                    if (connection.TryTake(code, out uint key))
                    {
                        return (connection, key, default, null);
                    }
                }

                if (_disposed || _connections.Count >= _mostConnections)
                {
                    return (null, 0, _disposed ? ExchangeStatus.Unreachable : ExchangeStatus.Busy, null);
                }

                wait = Until(_notBefore);
                if (_dialing is null && wait > TimeSpan.Zero && !patient && _backoff.Failures > 0)
                {
                    return (null, 0, Failure(_lastFailure), _lastFailure?.Problem);
                }

                dialing = _dialing ??= wait <= TimeSpan.Zero ? DialAsync() : null;
            }

            try
            {
                if (dialing is null)
                {
                    await Task.Delay(wait, _time, cancellationToken).WaitAsync(Left(started, end), _time, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                RadSecDialed dialed = await dialing.WaitAsync(Left(started, end), _time, cancellationToken).ConfigureAwait(false);
                if (dialed.Problem is not null && !(patient && !dialed.IsRefused))
                {
                    return (null, 0, Failure(dialed), dialed.Problem);
                }
            }
            catch (TimeoutException)
            {
                return (null, 0, Failure(_lastFailure), _lastFailure?.Problem ?? $"connecting to {_server.EndPoint} took too long");
            }
        }
    }

    private static ExchangeStatus Failure(RadSecDialed? dialed) => dialed is { IsRefused: true } ? ExchangeStatus.Refused : ExchangeStatus.Unreachable;

    /// <summary>One attempt for all who wait. It is not theirs to cancel: the next one will want its result.</summary>
    private Task<RadSecDialed> DialAsync() => Task.Run(async () =>
    {
        RadSecDialed dialed = await DialOnceAsync().ConfigureAwait(false);
        lock (_lock)
        {
            // Whatever came of it: an attempt that stayed here would be the outcome of every later request.
            _dialing = null;
            if (dialed.Link is { } link)
            {
                _lastFailure = null;
                _connections.Add(new TlsConnection(link, _server, _tls, _drops, _time, Ended));
                Log.Connected(_log, _server.Name, _server.EndPoint, link.Stream.SslProtocol, link.Version);
            }
            else
            {
                _lastFailure = dialed;
                _notBefore = After(_backoff.AfterFailure());
                if (!_disposed)
                {
                    Log.NotConnected(_log, _server.Name, dialed.Problem!, Until(_notBefore).TotalSeconds);
                }
            }
        }

        return dialed;
    });

    private async Task<RadSecDialed> DialOnceAsync()
    {
        try
        {
            return await _dialer.DialAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return new RadSecDialed(null, $"connecting to {_server.EndPoint} failed unexpectedly ({exception.GetType().Name}): {RadSecAlert.Explain(exception)}", IsRefused: false);
        }
    }

    /// <summary>A reply came: what failed before it is no reason to wait longer after the next break, not even when the connection is then closed for being idle.</summary>
    private void Served()
    {
        lock (_lock)
        {
            _backoff.Succeeded();
        }
    }

    /// <summary>A connection has ended; those who wait on it are told afterwards and so find the pause set.</summary>
    private void Ended(TlsConnection connection)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
            if (connection.WasIdle)
            {
                return;
            }

            _lastFailure = new RadSecDialed(null, connection.Problem, connection.IsRefused);
            _notBefore = After(connection.HasServed ? _backoff.AfterBreak() : _backoff.AfterFailure());
        }
    }

    private long After(TimeSpan wait) => _time.GetTimestamp() + (long)(wait.TotalSeconds * _time.TimestampFrequency);

    private TimeSpan Until(long timestamp) =>
        timestamp == long.MinValue ? TimeSpan.Zero : TimeSpan.FromSeconds((double)(timestamp - _time.GetTimestamp()) / _time.TimestampFrequency);

    private static partial class Log
    {
        [LoggerMessage(1200, LogLevel.Information, "RADIUS server {Server} ({EndPoint}) is connected by RadSec: {Tls}, {Version}")]
        public static partial void Connected(ILogger logger, string server, IPEndPoint endPoint, System.Security.Authentication.SslProtocols tls, RadiusVersion version);

        [LoggerMessage(1201, LogLevel.Warning, "RADIUS server {Server}: {Problem}. It is tried again in {Seconds:0.0} s at the earliest; there is no falling back to UDP.")]
        public static partial void NotConnected(ILogger logger, string server, string problem, double seconds);
    }
}
