using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;

namespace NacGateway.Radius.Server;

/// <summary>
/// Receives RADIUS requests over TLS (RFC 6614, RFC 9765) and has them answered by the same handler as <see cref="RadiusServer"/>. Who
/// shows no certificate of a trusted authority, or comes from an address that is no client's, is closed. Safe for concurrent use.
/// </summary>
public sealed partial class RadSecServer : IAsyncDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);

    private readonly RadSecListenerSettings _settings;
    private readonly RadiusRequestHandler _handler;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly NasTable _nas;
    private readonly Socket _socket;
    private readonly CancellationTokenSource _accepting = new();
    private readonly CancellationTokenSource _handling = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _serving = [];
    private readonly HashSet<RadSecSession> _sessions = [];
    private long _secondBegan = long.MinValue;
    private int _newInSecond;
    private long _refused;
    private long? _refusalLogged;
    private Task? _loops;

    /// <summary>Binds and listens; nothing is accepted before <see cref="Start"/>.</summary>
    /// <param name="settings">Where to listen and whom to answer.</param>
    /// <param name="handler">Answers the verified requests.</param>
    /// <param name="timeProvider">Clock of limits and log lines.</param>
    /// <param name="logger">Receives what is refused and what fails; none by default.</param>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    /// <exception cref="ArgumentException">A limit is below 1, or no authority is trusted.</exception>
    public RadSecServer(RadSecListenerSettings settings, RadiusRequestHandler handler, TimeProvider timeProvider, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.MaxConnections < 1 || settings.MaxNewConnectionsPerSecond < 1 || settings.MaxPendingPerConnection < 1)
        {
            throw new ArgumentException("MaxConnections, MaxNewConnectionsPerSecond and MaxPendingPerConnection must be at least 1.", nameof(settings));
        }

        if (!settings.Credentials.HasTrust)
        {
            throw new ArgumentException("Without a trusted authority no client could be believed. Give TrustedCertificatesFile.", nameof(settings));
        }

        (_settings, _handler, _time, _logger) = (settings, handler, timeProvider, logger ?? NullLogger.Instance);
        _nas = new NasTable(settings.Nas.Select(entry => entry with { Secret = RadSecProtocol.Secret, RequireMessageAuthenticator = false }));
        _socket = Bind(settings.Listen);
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
    }

    /// <summary>The address and port that are bound.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What has been answered and dropped so far.</summary>
    public RadiusServerCounters Counters { get; } = new();

    /// <summary>Connections that were refused: unknown, not believed, or too many.</summary>
    public long RefusedConnections => Volatile.Read(ref _refused);

    /// <summary>Connections that are open and whose client is believed.</summary>
    public int Connections
    {
        get
        {
            lock (_lock)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>Begins to accept.</summary>
    /// <exception cref="InvalidOperationException">It has begun already.</exception>
    public void Start()
    {
        lock (_lock)
        {
            _loops = _loops is null ? Task.WhenAll(Task.Run(AcceptAsync), Task.Run(SweepAsync)) : throw new InvalidOperationException("A RADIUS server is started once.");
        }
    }

    /// <summary>Accepts and reads no more, finishes what is in flight, says goodbye on every connection; a second call waits for the same.</summary>
    /// <param name="grace">How long handlers may take; then their token is set and the connections are cut.</param>
    public async Task StopAsync(TimeSpan grace)
    {
        await _accepting.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        Task[] serving;
        Task? loops;
        lock (_lock)
        {
            serving = [.. _serving];
            loops = _loops;
        }

        await (loops ?? Task.CompletedTask).ConfigureAwait(false);
        try
        {
            await Task.WhenAll(serving).WaitAsync(grace, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Log.CutOff(_logger, serving.Count(task => !task.IsCompleted));
        }

        await _handling.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(serving).ConfigureAwait(false);
        Counters.Dispose();
    }

    /// <summary>Stops without grace.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero).ConfigureAwait(false);
        _accepting.Dispose();
        _handling.Dispose();
    }

    private static Socket Bind(IPEndPoint listen)
    {
        var socket = new Socket(listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (listen.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(listen);
            socket.Listen();
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task AcceptAsync()
    {
        while (!_accepting.IsCancellationRequested)
        {
            try
            {
                Socket client = await _socket.AcceptAsync(_accepting.Token).ConfigureAwait(false);
                Admit(client);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException error)
            {
                // The one who wanted to connect is gone, or descriptors are short: the others are still served.
                Log.AcceptError(_logger, error);
            }
        }
    }

    private void Admit(Socket client)
    {
        IPEndPoint? source = null;
        string? problem;
        NasEntry? nas = null;
        try
        {
            client.NoDelay = true;
            var remote = (IPEndPoint)client.RemoteEndPoint!;
            source = remote.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(remote.Address.MapToIPv4(), remote.Port) : remote;
            problem = !_nas.TryFind(source.Address, out nas) ? "no client has this address"
                : !MayConnect() ? "there are too many new connections"
                : null;
        }
        catch (SocketException)
        {
            problem = "it was gone at once";
        }

        lock (_lock)
        {
            problem ??= _serving.Count >= _settings.MaxConnections ? "there are too many connections" : null;
            if (problem is null)
            {
                Task serving = Task.Run(() => ServeAsync(client, source!, nas!));
                _serving.Add(serving);
                _ = serving.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                return;
            }
        }

        client.Dispose();
        Refuse(source, problem);
    }

    private void Forget(Task serving)
    {
        lock (_lock)
        {
            _serving.Remove(serving);
        }
    }

    /// <summary>The accept loop alone comes here.</summary>
    private bool MayConnect()
    {
        long now = _time.GetTimestamp();
        if (_secondBegan == long.MinValue || _time.GetElapsedTime(_secondBegan, now) >= s_tick)
        {
            (_secondBegan, _newInSecond) = (now, 0);
        }

        return ++_newInSecond <= _settings.MaxNewConnectionsPerSecond;
    }

    private async Task ServeAsync(Socket client, IPEndPoint source, NasEntry nas)
    {
        var stream = new SslStream(new NetworkStream(client, ownsSocket: true), leaveInnerStreamOpen: false);
        await using (stream.ConfigureAwait(false))
        {
            if (await ShakeHandsAsync(stream, source, nas).ConfigureAwait(false) is not { } version)
            {
                return;
            }

            using var session = new RadSecSession(new RadSecLink(stream, version), source, nas, _settings, _handler, Counters, _time, _logger);
            lock (_lock)
            {
                _sessions.Add(session);
            }

            try
            {
                await session.RunAsync(_accepting.Token, _handling.Token).ConfigureAwait(false);
            }
            finally
            {
                lock (_lock)
                {
                    _sessions.Remove(session);
                }
            }
        }
    }

    private async Task<RadiusVersion?> ShakeHandsAsync(SslStream stream, IPEndPoint source, NasEntry nas)
    {
        string? problem = null;
        using var limit = new CancellationTokenSource(_settings.HandshakeTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_accepting.Token, limit.Token);
        try
        {
            await stream.AuthenticateAsServerAsync(Options(Verify), either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException or OperationCanceledException or InvalidOperationException or SocketException)
        {
            if (!_accepting.IsCancellationRequested)
            {
                Refuse(source, problem ?? (exception is OperationCanceledException ? "the TLS handshake took too long" : $"the TLS handshake failed: {RadSecAlert.Explain(exception)}"));
            }

            return null;
        }

        RadiusVersion? version = RadSecProtocol.Agreed(stream, _settings.Versions, out problem);
        if (version is null)
        {
            Refuse(source, problem!);
        }

        return version;

        bool Verify(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            problem = PeerCertificate.ProblemOfClient(certificate, chain, errors);
            if (problem is null && nas.CertificateName is { } name && !PeerCertificate.IsNamed((X509Certificate2)certificate!, name))
            {
                problem = $"its certificate is not for {name}, which is the name of the client {nas.Name}";
            }

            return problem is null;
        }
    }

    private SslServerAuthenticationOptions Options(Func<X509Certificate?, X509Chain?, SslPolicyErrors, bool> verify) => new()
    {
        ServerCertificateContext = _settings.Credentials.Own,
        ClientCertificateRequired = true,
        EnabledSslProtocols = RadSecProtocol.TlsVersions,
        EncryptionPolicy = EncryptionPolicy.RequireEncryption,
        ApplicationProtocols = RadSecProtocol.Names(_settings.Versions, highestFirst: true),
        CertificateChainPolicy = _settings.Credentials.ChainPolicy(),
        AllowRenegotiation = false,
        AllowTlsResume = false,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => verify(certificate, chain, errors),
    };

    private async Task SweepAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(s_tick, _time, _accepting.Token).ConfigureAwait(false);
                RadSecSession[] sessions;
                lock (_lock)
                {
                    sessions = [.. _sessions];
                }

                foreach (RadSecSession session in sessions)
                {
                    session.Sweep();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It stops.
        }
    }

    private void Refuse(IPEndPoint? source, string problem)
    {
        long count = Interlocked.Increment(ref _refused);
        lock (_lock)
        {
            if (_refusalLogged is { } last && _time.GetElapsedTime(last) < s_tick)
            {
                return;
            }

            _refusalLogged = _time.GetTimestamp();
        }

        Log.Refused(_logger, source, problem, count);
    }

    private static partial class Log
    {
        [LoggerMessage(1220, LogLevel.Warning, "Refused a RadSec connection from {Source}: {Problem} ({Count} so far; at most one such line a second)")]
        public static partial void Refused(ILogger logger, IPEndPoint? source, string problem, long count);

        [LoggerMessage(1221, LogLevel.Debug, "The RadSec listener could not accept a connection and goes on")]
        public static partial void AcceptError(ILogger logger, Exception exception);

        [LoggerMessage(1222, LogLevel.Warning, "{Connections} RadSec connections were cut off when the server stopped; give it a longer grace")]
        public static partial void CutOff(ILogger logger, int connections);
    }
}
