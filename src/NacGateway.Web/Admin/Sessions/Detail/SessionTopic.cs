using NacGateway.Core.Insight.Search;
using NacGateway.Core.Insight.Story;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Live;

namespace NacGateway.Web.Admin.Sessions.Detail;

/// <summary>One session as it changes: its state and counters each second, its story when that has grown.</summary>
internal sealed class SessionTopic(SessionSearch search, SessionPulse pulse, TimeProvider time) : ILiveTopic
{
    private static readonly string[] s_regions = ["session-head", "session-facts", "session-timeline"];

    public string Name => "session";

    public DeskRight Right => DeskRight.Read;

    public ILiveView Open(LiveQuery query)
    {
        // The page's own query follows behind it, and may have anything in it.
        var id = query.Parameters.TryGetValue("id", out var given) ? given[0] : null;
        return new View(id ?? "", search, pulse, time);
    }

    private sealed class View(string id, SessionSearch search, SessionPulse pulse, TimeProvider time) : ILiveView
    {
        private readonly LiveTable _table = new();
        private string? _told;

        public async ValueTask<IReadOnlyList<LiveEvent>> TickAsync(CancellationToken cancellationToken)
        {
            if (await search.FindAsync(id, cancellationToken) is not { } row)
            {
                return [];
            }

            List<LiveEvent> events = [.. _table.Look([(id, Cells(row))]).Where(one => one.Name == "delta")];
            var now = $"{await pulse.ReadAsync(id, cancellationToken)} {row.Limits} {row.Notice}";
            if (_told is not null && _told != now)
            {
                events.AddRange(s_regions.Select(LiveEvent.Region));
            }

            _told = now;
            return events;
        }

        public IReadOnlyList<LiveEvent> Snapshot() => [_table.All(), LiveEvent.Region("session-timeline")];

        private Dictionary<string, LiveCell> Cells(SessionRow row)
        {
            var state = SessionStates.Of(row.State);
            var cells = new Dictionary<string, LiveCell>(StringComparer.Ordinal)
            {
                ["state"] = new() { Text = state.Word, Look = state.Look.Name(), Title = state.Rule },
                ["used"] = SessionStates.Used(row),
                ["rates"] = SessionStates.Rates(row),
                ["lasted"] = DeskFormat.Duration(row.Lasted(time.GetUtcNow())),
            };
            if (row.ActiveAt is { } at)
            {
                // In whole seconds: what differs by less is no news.
                cells["active"] = new() { Time = DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds()) };
            }

            return cells;
        }
    }
}
