using NacGateway.Web.Desk.Live;
using NacGateway.Web.Desk.Radius;

namespace NacGateway.Web.Admin.Radius;

/// <summary>The cells of the servers each second, from memory; and a word when a state changed, or when the plot has a new minute.</summary>
internal sealed class RadiusFeed(RadiusServerList servers, TimeProvider time) : ILiveView
{
    private readonly LiveTable _table = new();
    private string? _states;
    private DateTimeOffset _plottedAt;

    public ValueTask<IReadOnlyList<LiveEvent>> TickAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = servers.Read().Select(server => new ServerRow(ServerRow.IdOf(server), server, [])).ToList();
        List<LiveEvent> events = [.. _table.Look([.. rows.Select(row => (row.Id, row.Cells()))])];
        var states = string.Join('\n', rows.Select(row => $"{row.Id} {row.Server.Standing} {row.Server.Health?.Since.UtcTicks}"));
        if (_states is null)
        {
            _plottedAt = now;
        }
        else
        {
            if (states != _states)
            {
                events.AddRange([LiveEvent.Region("notices"), LiveEvent.Region("changes")]);
            }

            if (now - _plottedAt >= TimeSpan.FromMinutes(1))
            {
                _plottedAt = now;
                events.Add(LiveEvent.Region("latency"));
            }
        }

        _states = states;
        return ValueTask.FromResult<IReadOnlyList<LiveEvent>>(events);
    }

    public IReadOnlyList<LiveEvent> Snapshot() => [_table.All()];
}
