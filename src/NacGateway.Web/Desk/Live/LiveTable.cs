namespace NacGateway.Web.Desk.Live;

/// <summary>Tells what has changed in the rows of a list between two looks at it. Not safe for concurrent use.</summary>
internal sealed class LiveTable
{
    private readonly List<string> _order = [];
    private Dictionary<string, IReadOnlyDictionary<string, LiveCell>> _rows = new(StringComparer.Ordinal);

    /// <summary>Looks at the rows of the page in their order.</summary>
    /// <returns>The cells that differ, and whether rows came, went or moved; empty where nothing did.</returns>
    public IReadOnlyList<LiveEvent> Look(IReadOnlyList<(string Id, IReadOnlyDictionary<string, LiveCell> Cells)> rows)
    {
        var next = new Dictionary<string, IReadOnlyDictionary<string, LiveCell>>(rows.Count, StringComparer.Ordinal);
        var changed = new Dictionary<string, IReadOnlyDictionary<string, LiveCell>?>(StringComparer.Ordinal);
        var added = 0;
        foreach (var (id, cells) in rows)
        {
            next[id] = cells;
            if (!_rows.TryGetValue(id, out var before))
            {
                added++;
            }
            else if (Changed(before, cells) is { Count: > 0 } different)
            {
                changed[id] = different;
            }
        }

        var gone = _rows.Keys.Where(id => !next.ContainsKey(id)).ToList();
        gone.ForEach(id => changed[id] = null);
        var moved = !_order.SequenceEqual(rows.Select(row => row.Id), StringComparer.Ordinal);
        _rows = next;
        _order.Clear();
        _order.AddRange(rows.Select(row => row.Id));
        List<LiveEvent> events = [];
        if (changed.Count > 0)
        {
            events.Add(LiveEvent.Delta(changed));
        }

        if (moved)
        {
            events.Add(LiveEvent.Order(added, gone.Count));
        }

        return events;
    }

    /// <summary>All cells of all rows.</summary>
    public LiveEvent All() => LiveEvent.Delta(_rows.ToDictionary(row => row.Key, row => (IReadOnlyDictionary<string, LiveCell>?)row.Value, StringComparer.Ordinal));

    private static Dictionary<string, LiveCell> Changed(IReadOnlyDictionary<string, LiveCell> before, IReadOnlyDictionary<string, LiveCell> now)
    {
        var changed = new Dictionary<string, LiveCell>(StringComparer.Ordinal);
        foreach (var (name, cell) in now)
        {
            if (!before.TryGetValue(name, out var old) || old != cell)
            {
                changed[name] = cell;
            }
        }

        return changed;
    }
}
