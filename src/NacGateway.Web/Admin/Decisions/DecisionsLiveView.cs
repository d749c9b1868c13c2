using System.Globalization;
using NacGateway.Core.Insight.Decisions;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk.Live;

namespace NacGateway.Web.Admin.Decisions;

/// <summary>
/// What those see who watch one list of decisions: how many new ones match, and that the list is another one. A decision never changes, so
/// nothing is read anew until one was made that the list would show (see <see cref="SearchPace"/>). Pages behind the first stand still.
/// </summary>
internal sealed class DecisionsLiveView(DecisionQuery query, DecisionSearch search, NewestDecision newest, SearchPace pace) : ILiveView, IDisposable
{
    /// <summary>New ones of one second that are counted: a page is full with fewer.</summary>
    private const int MostCounted = DecisionQuery.MostRows;

    private List<string>? _ids;
    private (long? Count, bool IsExact) _total;
    private long _known;
    private int _new;

    /// <summary>Called when nobody watches any more.</summary>
    public Action? Left { get; init; }

    public async ValueTask<IReadOnlyList<LiveEvent>> TickAsync(CancellationToken cancellationToken)
    {
        if (query.After is not null)
        {
            return [];
        }

        var now = await newest.ReadAsync(cancellationToken);
        if (_ids is null)
        {
            _known = now;
            return await SearchAsync(cancellationToken);
        }

        if (now > _known)
        {
            var more = await search.CountNewAsync(query, _known, MostCounted, cancellationToken);
            _known = now;
            _new += more;
            for (var noted = 0; noted < more; noted++)
            {
                pace.Note();
            }
        }

        return pace.IsDue ? await SearchAsync(cancellationToken) : [];
    }

    public IReadOnlyList<LiveEvent> Snapshot() => _ids is null ? [] : [LiveEvent.List(_ids), .. Total() is { } total ? [total] : Array.Empty<LiveEvent>()];

    public void Dispose() => Left?.Invoke();

    private async Task<IReadOnlyList<LiveEvent>> SearchAsync(CancellationToken cancellationToken)
    {
        pace.Begin();
        var page = await search.FindAsync(query, cancellationToken, counts: true);
        pace.End();
        List<LiveEvent> events = [];
        if ((page.Count, page.IsExact) != _total)
        {
            _total = (page.Count, page.IsExact);
            events.AddRange(Total() is { } total ? [total] : Array.Empty<LiveEvent>());
        }

        var ids = page.Rows.Select(row => row.Id.ToString(CultureInfo.InvariantCulture)).ToList();
        if (_ids is { } before && !before.SequenceEqual(ids, StringComparer.Ordinal))
        {
            // Those of the page are told by what it shows; more than a page of them by how many were counted.
            var added = ids.Except(before, StringComparer.Ordinal).Count();
            events.Add(LiveEvent.Order(added == ids.Count ? Math.Max(added, _new) : added, removed: 0));
        }

        _ids = ids;
        _new = 0;
        return events;
    }

    private LiveEvent? Total() =>
        _total.Count is { } count ? LiveEvent.Total(count, (_total.IsExact ? "" : "more than ") + DeskFormat.Counted(count, "decision", "decisions")) : null;
}
