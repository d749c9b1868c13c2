using NacGateway.Radius.Packets;
using NacGateway.Radius.Transport;

namespace NacGateway.Radius.Client;

/// <summary>Asks one server, by the transport that its settings name. Safe for concurrent use.</summary>
public sealed class RadiusClient : IAsyncDisposable
{
    private readonly IExchanger _exchanger;

    /// <summary>A client of one server; no socket is opened yet.</summary>
    /// <param name="server">The server.</param>
    /// <param name="timeProvider">Clock for retransmission.</param>
    /// <param name="mostSockets">Source ports, or connections, at most, 1 to 256; times 256 is the bound of requests in flight.</param>
    public RadiusClient(RadiusServerSettings server, TimeProvider timeProvider, int mostSockets = 32)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostSockets, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mostSockets, 256);
        Server = server;
        Health = new ServerHealth(timeProvider);
        Drops = new DropCounter(server.Name);
        _exchanger = server.Tls is { } tls
            ? new TlsExchanger(server, tls, Drops, timeProvider, mostSockets)
            : new UdpExchanger(server, Drops, timeProvider, mostSockets);
    }

    /// <summary>The server that is asked.</summary>
    public RadiusServerSettings Server { get; }

    /// <summary>Datagrams that came from the server's address and were not believed.</summary>
    public DropCounter Drops { get; }

    internal ServerHealth Health { get; }

    /// <summary>Asks, retransmits over UDP on the schedule of RFC 5080 section 2.2.1, and waits for a reply that may be believed.</summary>
    /// <param name="code">Code of the request.</param>
    /// <param name="template">Fills the request.</param>
    /// <param name="limit">Longest wait in all; 30 s (MRD) at most.</param>
    /// <param name="cancellationToken">Ends the wait; it then throws <see cref="OperationCanceledException"/>.</param>
    /// <returns>The outcome; expected failures are no exceptions.</returns>
    public Task<ExchangeResult> ExchangeAsync(RadiusCode code, RadiusRequestTemplate template, TimeSpan limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(template);
        cancellationToken.ThrowIfCancellationRequested();
        return _exchanger.ExchangeAsync(code, template, limit, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _exchanger.DisposeAsync();
}
