using NacGateway.Core.Insight.Search;
using NacGateway.Core.Sessions;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk.Live;

namespace NacGateway.Web.Admin.Sessions.Listing;

/// <summary>
/// What those see who watch one list: rates, amounts and states come from memory each second; which sessions there are, and in which order,
/// from the database, when an event said that it may be others (see <see cref="SearchPace"/>). A session of the list that ends goes at once.
/// </summary>
internal sealed class SessionsLiveView(SessionQuery query, IReadOnlyList<SessionColumn> columns, SessionSearch search, SessionTable table, SessionNews news, SearchPace pace) : ILiveView, IDisposable
{
    private readonly LiveTable _table = new();
    private List<SessionRow>? _rows;
    private (long? Count, bool IsExact) _total;
    private int _open = -1;

    public async ValueTask<IReadOnlyList<LiveEvent>> TickAsync(CancellationToken cancellationToken)
    {
        List<LiveEvent> events = [];
        Listen();
        if (_rows is null || pace.IsDue)
        {
            await SearchAsync(events, cancellationToken);
        }
        else
        {
            _rows = [.. _rows.Select(Refreshed)];
        }

        var now = pace.Now;
        events.AddRange(_table.Look([.. _rows!.Select(row => (row.AcctSessionId, SessionCells.Live(columns, row, now)))]));
        if (_open != table.Count)
        {
            _open = table.Count;
            events.Add(OpenTile());
        }

        return events;
    }

    public IReadOnlyList<LiveEvent> Snapshot() => [_table.All(), LiveEvent.List(_rows?.Select(row => row.AcctSessionId) ?? []), OpenTile(), .. Total() is { } total ? [total] : Array.Empty<LiveEvent>()];

    public void Dispose() => news.Dispose();

    private async Task SearchAsync(List<LiveEvent> events, CancellationToken cancellationToken)
    {
        pace.Begin();
        var page = await search.FindAsync(query, cancellationToken);
        pace.End();
        _rows = [.. page.Rows];

        // Where the search stopped, or the page is somewhere behind a cursor, the page names no total either.
        var total = page.SearchedTo is null && query.Cursor is null ? (page.Count, page.IsExact) : (null, false);
        if (total != _total)
        {
            _total = total;
            events.AddRange(Total() is { } told ? [told] : Array.Empty<LiveEvent>());
        }
    }

    /// <summary>Reads what has happened since the last look: without a question, whatever their number.</summary>
    private void Listen()
    {
        if (news.HasMissed())
        {
            pace.Note();
        }

        foreach (var notice in news.Read())
        {
            if (_rows is null || notice.AcctSessionId is not { } id)
            {
                continue;
            }

            var at = _rows.FindIndex(row => string.Equals(row.AcctSessionId, id, StringComparison.Ordinal));
            if (at >= 0 && notice.Kind == SessionNoticeKind.Ended && news.IsOfOpenOnly)
            {
                _rows.RemoveAt(at);
            }

            if (at >= 0 || news.MayConcern(notice))
            {
                pace.Note();
            }
        }
    }

    /// <summary>A session that has left memory a moment ago is not stale: its end is about to be told, and until then it stays as it was.</summary>
    private SessionRow Refreshed(SessionRow row)
    {
        var now = search.Refresh(row);
        if (!row.IsHeld || now.IsHeld)
        {
            return now;
        }

        pace.Note();
        return row;
    }

    private LiveEvent OpenTile() => LiveEvent.Tiles(new Dictionary<string, LiveTile>(StringComparer.Ordinal) { ["open-sessions"] = new() { Value = DeskFormat.Count(_open) } });

    private LiveEvent? Total() =>
        _total.Count is { } count ? LiveEvent.Total(count, (_total.IsExact ? "" : "more than ") + DeskFormat.Counted(count, "session", "sessions")) : null;
}
