using Microsoft.Extensions.Logging;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Client;

/// <summary>
/// Servers that answer for one another: priority, load sharing, health and failover inside one time budget. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Those that answer are asked by <see cref="RadiusServerSettings.Priority"/>, equal ones by turns; one that is coming back or dead only
/// behind them. A server that is dead comes back by answering Status-Server where <see cref="RadiusServerSettings.StatusServer"/> is on,
/// or else, and now and then in any case, by answering a real request that is sent to it beside the one that another answers; never by
/// a made-up one (RFC 5997 section 2.1.1).
/// </remarks>
public sealed class RadiusServerGroup : IAsyncDisposable
{
    private readonly RadiusClient[] _clients;
    private readonly bool _isPart;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Task[] _watchdogs;
    private int _turn = -1;

    /// <summary>A group over its own sockets.</summary>
    /// <param name="servers">The servers, in any order.</param>
    /// <param name="timeProvider">Clock for retransmission, health and budget.</param>
    /// <param name="logger">Is told of changes of state, and of replies that are not believed, a line a minute of each kind; none by default.</param>
    /// <exception cref="ArgumentException">Two servers have one name, or a setting is out of its range.</exception>
    public RadiusServerGroup(IReadOnlyList<RadiusServerSettings> servers, TimeProvider timeProvider, ILogger? logger = null)
        : this(servers, timeProvider, logger, null)
    {
    }

    internal RadiusServerGroup(IReadOnlyList<RadiusServerSettings> servers, TimeProvider timeProvider, ILogger? logger, CircuitSettings? circuit)
    {
        ArgumentNullException.ThrowIfNull(servers);
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (servers.DistinctBy(server => server.Name, StringComparer.Ordinal).Count() != servers.Count)
        {
            throw new ArgumentException("Each server needs a name of its own.", nameof(servers));
        }

        _time = timeProvider;
        _clients = [.. servers.Select(server => new RadiusClient(server, timeProvider, RadiusClient.UsualSockets, circuit))];
        foreach (RadiusClient client in _clients)
        {
            client.StateChanged += (_, change) => StateChanged?.Invoke(this, change);
            if (logger is not null)
            {
                _ = new ServerLog(client, logger, timeProvider);
            }
        }

        _watchdogs = [.. _clients.Where(client => client.Server.StatusServer).Select(client => new StatusWatchdog(client, timeProvider, Random.Shared.NextDouble).RunAsync(_lifetime.Token))];
    }

    private RadiusServerGroup(RadiusClient client, TimeProvider timeProvider)
    {
        _time = timeProvider;
        _clients = [client];
        _watchdogs = [];
        _isPart = true;
    }

    /// <summary>Raised after the state of one of the servers became another, by the group that was made and not by a part of it; as <see cref="RadiusClient.StateChanged"/>.</summary>
    public event EventHandler<ServerStateChangedEventArgs>? StateChanged;

    /// <summary>The servers' clients, for their counts of dropped datagrams.</summary>
    public IReadOnlyList<RadiusClient> Clients => _clients;

    /// <summary>How each server does, now, in the order in which they were given.</summary>
    public IReadOnlyList<ServerHealth> Health => [.. _clients.Select(client => client.Health)];

    /// <summary>
    /// One server of the group alone, over the same sockets and with the same health: for the answer to a challenge, which belongs to
    /// the server that asked. It lives as long as the group, which alone is disposed.
    /// </summary>
    /// <param name="name">Name of the server, as it was given.</param>
    /// <returns>The part, or null when the group has no such server.</returns>
    public RadiusServerGroup? Only(string name) =>
        Array.Find(_clients, client => string.Equals(client.Server.Name, name, StringComparison.Ordinal)) is { } client ? new RadiusServerGroup(client, _time) : null;

    /// <summary>Asks the servers until an authentic reply comes or the budget is gone, as <see cref="FailoverMode.Automatic"/>.</summary>
    /// <param name="code">Code of the request.</param>
    /// <param name="template">Fills the request for each server asked.</param>
    /// <param name="budget">Time for all servers together.</param>
    /// <param name="cancellationToken">Ends the wait; it then throws <see cref="OperationCanceledException"/>.</param>
    public Task<ExchangeResult> ExchangeAsync(RadiusCode code, RadiusRequestTemplate template, TimeSpan budget, CancellationToken cancellationToken) =>
        ExchangeAsync(code, template, budget, FailoverMode.Automatic, cancellationToken);

    /// <summary>Asks the servers until an authentic reply comes or the budget is gone.</summary>
    /// <param name="code">Code of the request.</param>
    /// <param name="template">Fills the request for each server asked.</param>
    /// <param name="budget">Time for all servers together.</param>
    /// <param name="mode">When the next server is asked.</param>
    /// <param name="cancellationToken">Ends the wait; it then throws <see cref="OperationCanceledException"/>.</param>
    /// <returns>The first authentic answer, or the failure that names its remedy most exactly; expected failures are no exceptions.</returns>
    public Task<ExchangeResult> ExchangeAsync(RadiusCode code, RadiusRequestTemplate template, TimeSpan budget, FailoverMode mode, CancellationToken cancellationToken) =>
        ExchangeAsync(code, template, budget, mode, first: null, cancellationToken);

    /// <summary>As above, one of the servers before the others as long as it answers: that which accepted a user is told of his session.</summary>
    /// <param name="code">Code of the request.</param>
    /// <param name="template">Fills the request for each server asked.</param>
    /// <param name="budget">Time for all servers together.</param>
    /// <param name="mode">When the next server is asked.</param>
    /// <param name="first">Name of the server, whatever its priority; null, or a name that is not of the group, for none.</param>
    /// <param name="cancellationToken">Ends the wait; it then throws <see cref="OperationCanceledException"/>.</param>
    /// <returns>The first authentic answer, or the failure that names its remedy most exactly; expected failures are no exceptions.</returns>
    public Task<ExchangeResult> ExchangeAsync(RadiusCode code, RadiusRequestTemplate template, TimeSpan budget, FailoverMode mode, string? first, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(template);
        bool mayHedge = mode == FailoverMode.Hedged || (mode == FailoverMode.Automatic && code == RadiusCode.AccessRequest);
        List<ServerTurn> order = Order(mayHedge, first, out RadiusClient? beside);
        var exchange = new GroupExchange(order, beside, code, template, budget, mode, _time, _lifetime.Token);
        return ExchangeTrace.IsHeard ? ExchangeTrace.RunAsync(code, exchange, cancellationToken) : exchange.RunAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isPart)
        {
            return;
        }

        await _lifetime.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_watchdogs).ConfigureAwait(false);
        foreach (RadiusClient client in _clients)
        {
            await client.DisposeAsync().ConfigureAwait(false);
        }

        _lifetime.Dispose();
    }

    /// <summary>Those that answer by priority, equal ones by turns, then those that are coming back, then the dead.</summary>
    /// <param name="mayHedge">Whether a dead server may be tried beside another.</param>
    /// <param name="preferred">Name of the one that comes before its equals in state.</param>
    /// <param name="beside">The dead server that is.</param>
    private List<ServerTurn> Order(bool mayHedge, string? preferred, out RadiusClient? beside)
    {
        int turn = Interlocked.Increment(ref _turn) & int.MaxValue;
        beside = null;
        var order = new List<ServerTurn>(_clients.Length + 1);
        ServerTurn? first = null;
        foreach (IGrouping<(int Rank, bool Others, int Priority), (RadiusClient Client, ServerState State)> equal in _clients
            .Select(client => (Client: client, client.Monitor.Circuit.State))
            .GroupBy(server => (Rank(server.State), Others: !string.Equals(server.Client.Server.Name, preferred, StringComparison.OrdinalIgnoreCase), server.Client.Server.Priority))
            .OrderBy(group => group.Key))
        {
            (RadiusClient Client, ServerState State)[] peers = [.. equal];
            for (int peer = 0; peer < peers.Length; peer++)
            {
                (RadiusClient client, ServerState state) = peers[(turn + peer) % peers.Length];
                bool isUp = state is ServerState.Alive or ServerState.Suspect;

                // A trial makes sense only beside or before one that answers; without such a one each is asked anyway.
                if (!isUp && order.Count > 0 && order[0].IsUp && first is null && beside is null && IsTrialDue(client, mayHedge, out bool before))
                {
                    first = before ? new ServerTurn(client, IsUp: false, IsTrial: true, TrialPatience) : null;
                    beside = before ? null : client;
                    continue;
                }

                order.Add(new ServerTurn(client, isUp));
            }
        }

        if (first is not null)
        {
            order.Insert(0, first);
        }

        return order;
    }

    private static int Rank(ServerState state) => state switch
    {
        ServerState.Alive or ServerState.Suspect => 0,
        ServerState.Probing => 1,
        _ => 2,
    };

    /// <summary>How long a dead server is waited for alone where two may not be asked at once.</summary>
    private static TimeSpan TrialPatience { get; } = TimeSpan.FromSeconds(1);

    private static bool IsTrialDue(RadiusClient client, bool mayHedge, out bool before)
    {
        ServerCircuit circuit = client.Monitor.Circuit;

        // Where requests could be tried beside but never can, as they are all MS-CHAP, it is tried before.
        before = !mayHedge || circuit.WasNotTried;
        bool statusTells = client.Server.StatusServer && client.Monitor.AnswersStatusServer;
        return circuit.TryBeginTrial(seldom: statusTells);
    }
}
