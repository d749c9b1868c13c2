using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Client;

/// <summary>Servers that answer for one another: priority, health and failover inside one time budget. Safe for concurrent use.</summary>
public sealed class RadiusServerGroup : IAsyncDisposable
{
    private readonly RadiusClient[] _clients;
    private readonly TimeProvider _time;
    private int _turn = -1;

    /// <summary>A group over its own sockets.</summary>
    /// <param name="servers">The servers, in any order.</param>
    /// <param name="timeProvider">Clock for retransmission, health and budget.</param>
    /// <exception cref="ArgumentException">Two servers have one name.</exception>
    public RadiusServerGroup(IReadOnlyList<RadiusServerSettings> servers, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(servers);
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (servers.DistinctBy(server => server.Name, StringComparer.Ordinal).Count() != servers.Count)
        {
            throw new ArgumentException("Each server needs a name of its own.", nameof(servers));
        }

        _time = timeProvider;
        _clients = [.. servers.Select(server => new RadiusClient(server, timeProvider))];
    }

    /// <summary>The servers' clients, for their counts of dropped datagrams.</summary>
    public IReadOnlyList<RadiusClient> Clients => _clients;

    /// <summary>Asks one server after the other until an authentic reply comes or the budget is gone.</summary>
    /// <param name="code">Code of the request.</param>
    /// <param name="template">Fills the request for each server asked.</param>
    /// <param name="budget">Time for all servers together.</param>
    /// <param name="cancellationToken">Ends the wait; it then throws <see cref="OperationCanceledException"/>.</param>
    public async Task<ExchangeResult> ExchangeAsync(RadiusCode code, RadiusRequestTemplate template, TimeSpan budget, CancellationToken cancellationToken)
    {
        long started = _time.GetTimestamp();
        List<RadiusClient> order = Order(out int up);
        ExchangeResult worst = new() { Status = ExchangeStatus.NoServer };
        int sends = 0;
        for (int asked = 0; asked < order.Count; asked++)
        {
            TimeSpan left = budget - _time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                break;
            }

            // Each that is up has an equal share of what is left, so that a silent first one leaves time for the next.
            RadiusClient client = order[asked];
            ExchangeResult result = await client.ExchangeAsync(code, template, left / Math.Max(1, up - asked), cancellationToken).ConfigureAwait(false);
            sends += result.Sends;
            result = result with { Sends = sends, Elapsed = _time.GetElapsedTime(started) };
            if (result.Status == ExchangeStatus.Answered)
            {
                client.Health.Answered();
                return result;
            }

            if (result.Status is ExchangeStatus.TimedOut or ExchangeStatus.Unreachable or ExchangeStatus.Refused)
            {
                client.Health.Silent(refused: result.Status != ExchangeStatus.TimedOut);
            }

            worst = Telling(worst.Status) > Telling(result.Status) ? worst with { Sends = sends, Elapsed = result.Elapsed } : result;
        }

        return worst;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (RadiusClient client in _clients)
        {
            await client.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Which failure of several servers to report: the one that names its remedy most exactly.</summary>
    private static int Telling(ExchangeStatus status) => status switch
    {
        ExchangeStatus.Refused => 7,
        ExchangeStatus.ProtocolError => 6,
        ExchangeStatus.MissingMessageAuthenticator => 5,
        ExchangeStatus.WrongSecret => 4,
        ExchangeStatus.TimedOut => 3,
        ExchangeStatus.Unreachable => 2,
        ExchangeStatus.Busy => 1,
        _ => 0,
    };

    /// <summary>Those that are up by priority, equal ones by turns, and behind them those that rest.</summary>
    private List<RadiusClient> Order(out int up)
    {
        int turn = Interlocked.Increment(ref _turn) & int.MaxValue;
        var order = new List<RadiusClient>(_clients.Length);
        foreach (IGrouping<(bool Rests, int Priority), RadiusClient> equal in _clients
            .GroupBy(client => (Rests: !client.Health.IsUp, client.Server.Priority))
            .OrderBy(group => group.Key.Rests)
            .ThenBy(group => group.Key.Priority))
        {
            RadiusClient[] peers = [.. equal];
            for (int peer = 0; peer < peers.Length; peer++)
            {
                order.Add(peers[(turn + peer) % peers.Length]);
            }
        }

        up = order.Count(client => client.Health.IsUp);
        return order;
    }
}
