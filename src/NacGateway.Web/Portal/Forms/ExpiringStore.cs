using System.Diagnostics.CodeAnalysis;

namespace NacGateway.Web.Portal.Forms;

/// <summary>
/// A bounded dictionary whose entries vanish after a fixed time, oldest first. When it is full the oldest entry makes room: a flood
/// of forms costs memory up to the bound and no more.
/// </summary>
internal sealed class ExpiringStore<TKey, TValue>(TimeProvider time, TimeSpan lifetime, int capacity)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, (TValue Value, long Since)> _entries = [];
    private readonly Queue<(TKey Key, long Since)> _order = new();

    /// <summary>The entry of a key, made now if there is none.</summary>
    public TValue GetOrAdd(TKey key, Func<TValue> make)
    {
        lock (_lock)
        {
            MakeRoom();
            if (_entries.TryGetValue(key, out var entry))
            {
                return entry.Value;
            }

            var value = make();
            Add(key, value);
            return value;
        }
    }

    /// <summary>Sets the entry of a key; its time starts anew.</summary>
    public void Set(TKey key, TValue value)
    {
        lock (_lock)
        {
            _entries.Remove(key);
            MakeRoom();
            Add(key, value);
        }
    }

    /// <summary>Looks an entry up.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
        {
            MakeRoom();
            var found = _entries.TryGetValue(key, out var entry);
            value = entry.Value;
            return found;
        }
    }

    /// <summary>Removes an entry, if it is there.</summary>
    public void Remove(TKey key)
    {
        lock (_lock)
        {
            _entries.Remove(key);
        }
    }

    private void Add(TKey key, TValue value)
    {
        var now = time.GetTimestamp();
        _entries[key] = (value, now);
        _order.Enqueue((key, now));
    }

    private void MakeRoom()
    {
        while (_order.TryPeek(out var oldest) && (_order.Count >= capacity || time.GetElapsedTime(oldest.Since) >= lifetime))
        {
            _order.Dequeue();
            // Set may have renewed the key since; then this place in the queue is only a leftover.
            if (_entries.TryGetValue(oldest.Key, out var entry) && entry.Since == oldest.Since)
            {
                _entries.Remove(oldest.Key);
            }
        }
    }
}
