using System.Diagnostics.CodeAnalysis;

namespace NacGateway.Core.Authentication;

/// <summary>
/// The counters by key, oldest first, of bounded number; each operation takes the same time however many there are. Not safe for
/// concurrent use: the throttle holds its lock.
/// </summary>
internal sealed class ThrottleTable(int capacity)
{
    /// <summary>How many of the oldest are looked at for one that may be forgotten.</summary>
    private const int Looks = 8;

    private readonly Dictionary<string, LinkedListNode<(string Key, ThrottleCounter Counter)>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, ThrottleCounter Counter)> _byAge = new();

    public int Count => _byKey.Count;

    public bool TryGet(string key, [NotNullWhen(true)] out ThrottleCounter? counter)
    {
        counter = _byKey.TryGetValue(key, out var node) ? node.Value.Counter : null;
        return counter is not null;
    }

    /// <summary>The counter of a key. When full, an old key is forgotten for a new one: a flood of made-up names must not fill the memory.</summary>
    public ThrottleCounter GetOrAdd(string key, DateTimeOffset now) => TryGet(key, out var known) ? known : Add(key, new ThrottleCounter(), now);

    /// <summary>Puts in a counter whose key is not there yet.</summary>
    public ThrottleCounter Add(string key, ThrottleCounter counter, DateTimeOffset now)
    {
        if (_byKey.Count >= capacity)
        {
            RemoveOldest(now);
        }

        _byKey.Add(key, _byAge.AddLast((key, counter)));
        return counter;
    }

    public void Remove(string key)
    {
        if (_byKey.Remove(key, out var node))
        {
            _byAge.Remove(node);
        }
    }

    /// <summary>Forgets a key if nothing of it matters any more.</summary>
    public void RemoveIdle(string key, DateTimeOffset now)
    {
        if (TryGet(key, out var counter) && counter.IsIdle(now))
        {
            Remove(key);
        }
    }

    /// <summary>Forgets every key of which nothing matters any more.</summary>
    public void RemoveIdle(DateTimeOffset now)
    {
        for (var node = _byAge.First; node is not null;)
        {
            var next = node.Next;
            RemoveIdle(node.Value.Key, now);
            node = next;
        }
    }

    /// <summary>Those who have to wait are kept before the others, as far as a few looks find others; the looked at go to the end of the queue.</summary>
    private void RemoveOldest(DateTimeOffset now)
    {
        for (int look = 0; look < Looks && _byAge.First is { } oldest && oldest.Value.Counter.BlockedUntil > now; look++)
        {
            _byAge.RemoveFirst();
            _byAge.AddLast(oldest);
        }

        Remove(_byAge.First!.Value.Key);
    }
}
