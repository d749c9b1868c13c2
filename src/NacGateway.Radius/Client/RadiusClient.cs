using System.Text;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Transport;

namespace NacGateway.Radius.Client;

/// <summary>Asks one server, by the transport that its settings name. Safe for concurrent use.</summary>
public sealed class RadiusClient : IAsyncDisposable
{
    /// <summary>Source ports of a client of which nothing else is said.</summary>
    internal const int UsualSockets = 32;

    private readonly IExchanger _exchanger;
    private readonly TimeProvider _time;

    /// <summary>A client of one server; no socket is opened yet.</summary>
    /// <param name="server">The server.</param>
    /// <param name="timeProvider">Clock for retransmission.</param>
    /// <param name="mostSockets">Source ports, or connections, at most, 1 to 256; times 256 is the bound of requests in flight.</param>
    public RadiusClient(RadiusServerSettings server, TimeProvider timeProvider, int mostSockets = UsualSockets)
        : this(server, timeProvider, mostSockets, null)
    {
    }

    internal RadiusClient(RadiusServerSettings server, TimeProvider timeProvider, int mostSockets, CircuitSettings? circuit)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostSockets, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mostSockets, 256);
        ArgumentOutOfRangeException.ThrowIfLessThan(server.WatchdogInterval, StatusWatchdog.ShortestInterval, nameof(server));
        if (server.StatusServer && Encoding.UTF8.GetByteCount(server.NasIdentifier) is < 1 or > AttributeList.MaxValueLength)
        {
            throw new ArgumentException("NasIdentifier must be 1 to 253 octets long where StatusServer is on.", nameof(server));
        }

        Server = server;
        _time = timeProvider;
        Monitor = new ServerMonitor(server, timeProvider, circuit);
        Monitor.StateChanged += (_, change) => StateChanged?.Invoke(this, change);
        _exchanger = server.Tls is { } tls
            ? new TlsExchanger(server, tls, Drops, timeProvider, mostSockets)
            : new UdpExchanger(server, Monitor, timeProvider, mostSockets);
    }

    /// <summary>
    /// Raised after the server's state became another, in the order of the changes, on a thread that saw why: a handler is quick and
    /// does not throw. <see cref="Health"/> has the state in force, which may be a later one.
    /// </summary>
    public event EventHandler<ServerStateChangedEventArgs>? StateChanged;

    /// <summary>The server that is asked.</summary>
    public RadiusServerSettings Server { get; }

    /// <summary>Datagrams that came from the server's address and were not believed.</summary>
    public DropCounter Drops => Monitor.Drops;

    /// <summary>How the server does, now.</summary>
    public ServerHealth Health => Monitor.Snapshot() with { PeerCertificateEnds = (_exchanger as TlsExchanger)?.PeerCertificateEnds };

    internal ServerMonitor Monitor { get; }

    /// <summary>Asks, retransmits over UDP on the schedule of RFC 5080 section 2.2.1, and waits for a reply that may be believed.</summary>
    /// <param name="code">Code of the request.</param>
    /// <param name="template">Fills the request.</param>
    /// <param name="limit">Longest wait in all; 30 s (MRD) at most.</param>
    /// <param name="cancellationToken">Ends the wait; it then throws <see cref="OperationCanceledException"/>.</param>
    /// <returns>The outcome; expected failures are no exceptions.</returns>
    public async Task<ExchangeResult> ExchangeAsync(RadiusCode code, RadiusRequestTemplate template, TimeSpan limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(template);
        cancellationToken.ThrowIfCancellationRequested();
        long started = _time.GetTimestamp();
        Monitor.Began(code);
        ExchangeResult? result = null;
        try
        {
            result = await _exchanger.ExchangeAsync(code, template, limit, cancellationToken).ConfigureAwait(false);
            if (result is { Status: ExchangeStatus.Answered, Reply.Code: RadiusCode.ProtocolError })
            {
                result = result with { Status = ExchangeStatus.ProtocolError };
            }

            return result;
        }
        finally
        {
            if (result is null)
            {
                Monitor.Abandoned(code, started);
            }
            else
            {
                Monitor.Ended(code, result, started);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _exchanger.DisposeAsync();
}
