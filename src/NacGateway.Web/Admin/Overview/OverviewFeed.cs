using NacGateway.Core.Insight;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk.Live;

namespace NacGateway.Web.Admin.Overview;

/// <summary>
/// The overview of one range as it changes: figures every second from memory, the next point of each plot when its minute is over, and a
/// word when a list is to be fetched anew. What the database knows is asked every few seconds only, whoever watches.
/// </summary>
internal sealed class OverviewFeed(OverviewFeedSource source, PageLink link, TimeProvider time) : ILiveView
{
    /// <summary>Between questions to the database.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>A plot with longer steps than a minute is fetched as a whole.</summary>
    private static readonly TimeSpan s_byPoints = TimeSpan.FromHours(6);

    private readonly Dictionary<string, OverviewTile> _tiles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OverviewServer> _servers = new(StringComparer.Ordinal);
    private OverviewFacts? _facts;
    private ActivityCounts _done = new();
    private string _attention = "";
    private int? _yesterday;
    private long _act;
    private DateTimeOffset _lastPoint;
    private DateTimeOffset _askedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _fetchedAt;

    public async ValueTask<IReadOnlyList<LiveEvent>> TickAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var range = OverviewRange.Read(link, now);
        List<LiveEvent> events = [];
        var isFirst = _facts is null;
        if (isFirst || now - _askedAt >= Pause)
        {
            _askedAt = now;
            _facts = await source.Facts.ReadAsync(now, cancellationToken);
            await LookAsync(range, isFirst, events, cancellationToken);
        }

        Changed(OverviewTiles.Of(_facts! with { At = now }, range, source.Ring.Newest, source.Sessions.Count, _yesterday, _done), events);
        return events;
    }

    public IReadOnlyList<LiveEvent> Snapshot() => _tiles.Count == 0 ? [] : [LiveEvent.Tiles(_tiles.Values.ToDictionary(tile => tile.Name, Live, StringComparer.Ordinal))];

    private async Task LookAsync(OverviewRange range, bool isFirst, List<LiveEvent> events, CancellationToken cancellationToken)
    {
        var now = _facts!.At;
        var attention = string.Join('\n', AttentionRules.Of(_facts).Select(item => $"{item.Key} {item.Look} {item.What}"));
        if (attention != _attention)
        {
            _attention = attention;
            events.Add(LiveEvent.Region("attention"));
        }

        var act = await source.Acts.NewestAsync(cancellationToken);
        if (act != _act)
        {
            _act = act;
            events.Add(LiveEvent.Region("acts"));
        }

        await ServersAsync(events, cancellationToken);
        if (!range.IsLive)
        {
            return;
        }

        // Until the minute that is over has been written, there is nothing new to read.
        var minute = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMinute)).AddMinutes(-1);
        if (!isFirst && minute <= _lastPoint)
        {
            return;
        }

        var pieces = await source.Reader.HistoryAsync(range, cancellationToken);
        _done = OverviewReader.Sum(pieces);
        _yesterday = await source.Reader.YesterdayAsync(now, cancellationToken);
        Points(range, pieces, isFirst, now, events);
    }

    private void Points(OverviewRange range, IReadOnlyList<ActivityBucket> pieces, bool isFirst, DateTimeOffset now, List<LiveEvent> events)
    {
        if (isFirst)
        {
            _fetchedAt = now;
        }

        foreach (var piece in pieces.Where(piece => piece.Minutes > 0 && piece.At > _lastPoint).ToList())
        {
            _lastPoint = piece.At;
            if (!isFirst && range.Length <= s_byPoints)
            {
                events.AddRange(OverviewPlots.All.Select(plot => LiveEvent.Point(plot, piece.At, OverviewPlots.Values(plot, piece))));
            }
        }

        if (range.Length > s_byPoints && now - _fetchedAt >= range.Length / range.Points)
        {
            _fetchedAt = now;
            events.Add(LiveEvent.Region("charts"));
        }
    }

    private async Task ServersAsync(List<LiveEvent> events, CancellationToken cancellationToken)
    {
        Dictionary<string, IReadOnlyDictionary<string, LiveCell>?> rows = new(StringComparer.Ordinal);
        foreach (var server in await source.Reader.ServersAsync(_facts!, cancellationToken))
        {
            if (_servers.TryGetValue(server.Row, out var before) && before.State == server.State && before.Latency == server.Latency && before.Pace == server.Pace)
            {
                continue;
            }

            _servers[server.Row] = server;
            rows[server.Row] = new Dictionary<string, LiveCell>(StringComparer.Ordinal)
            {
                ["state"] = new LiveCell { Text = server.State.Word, Look = server.State.Look.Name() ?? "", Title = server.State.Rule ?? "" },
                ["p95"] = server.Latency,
                ["pace"] = server.Pace,
            };
        }

        if (rows.Count > 0)
        {
            events.Add(LiveEvent.Delta(rows));
        }
    }

    private void Changed(IReadOnlyList<OverviewTile> tiles, List<LiveEvent> events)
    {
        Dictionary<string, LiveTile> changed = new(StringComparer.Ordinal);
        foreach (var tile in tiles)
        {
            if (!_tiles.TryGetValue(tile.Name, out var before) || before != tile)
            {
                _tiles[tile.Name] = tile;
                changed[tile.Name] = Live(tile);
            }
        }

        if (changed.Count > 0)
        {
            events.Add(LiveEvent.Tiles(changed));
        }
    }

    private static LiveTile Live(OverviewTile tile) => new() { Value = tile.Value ?? DeskFormat.Unknown, Note = tile.Note, Look = tile.Look.Name() ?? "" };
}
