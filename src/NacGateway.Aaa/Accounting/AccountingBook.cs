namespace NacGateway.Aaa.Accounting;

/// <summary>
/// The sessions that were reported, each with what its records add up to. In memory and bounded: when it is full, the session that was
/// first seen goes. A record that comes again octet by octet is known by its digest however late it comes, and not booked twice. Safe for
/// concurrent use.
/// </summary>
public sealed class AccountingBook
{
    /// <summary>Sessions kept unless told otherwise.</summary>
    public const int DefaultCapacity = 100_000;

    /// <summary>Records of one session that a retransmission is looked for among: a NAS has few of one session on the way at a time.</summary>
    private const int RememberedDigests = 16;

    private readonly int _capacity;
    private readonly Lock _lock = new();
    private readonly Dictionary<Key, Page> _pages = [];
    private readonly Queue<Key> _byAge = [];
    private readonly Queue<UInt128> _nasDigests = [];
    private long _forgotten;
    private long _ons;
    private long _offs;

    /// <summary>An empty book.</summary>
    /// <param name="capacity">Sessions kept, at least 1.</param>
    public AccountingBook(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
    }

    private readonly record struct Key(string Nas, string SessionId);

    private sealed class Page(BookedSession session)
    {
        public BookedSession Session { get; set; } = session;

        public Queue<UInt128> Digests { get; } = [];
    }

    /// <summary>The sessions in the order of their first records.</summary>
    public IReadOnlyList<BookedSession> Sessions
    {
        get
        {
            lock (_lock)
            {
                return [.. _byAge.Select(key => _pages[key].Session)];
            }
        }
    }

    /// <summary>Sessions that the book had no room for any more.</summary>
    public long Forgotten => Interlocked.Read(ref _forgotten);

    /// <summary>Accounting-On records.</summary>
    public long Ons => Interlocked.Read(ref _ons);

    /// <summary>Accounting-Off records.</summary>
    public long Offs => Interlocked.Read(ref _offs);

    /// <summary>The session of an Acct-Session-Id, whichever NAS reported it first; null when there is none.</summary>
    public BookedSession? Find(string sessionId) => Sessions.FirstOrDefault(session => string.Equals(session.SessionId, sessionId, StringComparison.Ordinal));

    /// <summary>Books a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="store">Stores a record that is new, one at a time; when it fails, nothing is booked.</param>
    /// <returns>The session with it, whether it was booked before, and what was not in order with it.</returns>
    internal (BookedSession? Session, bool IsRepeated, string? Fault) Post(AccountingRecord record, Action? store = null)
    {
        lock (_lock)
        {
            if (record.Status is not (AccountingStatus.Start or AccountingStatus.Stop or AccountingStatus.Interim))
            {
                return PostOfNas(record, store);
            }

            var key = new Key(record.Nas, record.SessionId);
            if (_pages.TryGetValue(key, out var known) && IsKnown(known.Digests, record.Digest))
            {
                known.Session = known.Session with { Repeated = known.Session.Repeated + 1 };
                return (known.Session, true, null);
            }

            store?.Invoke();
            var page = PageOf(key);
            Remember(page.Digests, record.Digest);
            page.Session = SessionSum.Add(page.Session, record, out var fault);
            return (page.Session, false, fault);
        }
    }

    private (BookedSession? Session, bool IsRepeated, string? Fault) PostOfNas(AccountingRecord record, Action? store)
    {
        if (IsKnown(_nasDigests, record.Digest))
        {
            return (null, true, null);
        }

        store?.Invoke();
        Remember(_nasDigests, record.Digest);
        _ons += record.Status == AccountingStatus.On ? 1 : 0;
        _offs += record.Status == AccountingStatus.Off ? 1 : 0;
        return (null, false, null);
    }

    private Page PageOf(Key key)
    {
        if (_pages.TryGetValue(key, out var page))
        {
            return page;
        }

        if (_byAge.Count == _capacity)
        {
            _pages.Remove(_byAge.Dequeue());
            _forgotten++;
        }

        page = new Page(new BookedSession { Nas = key.Nas, SessionId = key.SessionId });
        _pages.Add(key, page);
        _byAge.Enqueue(key);
        return page;
    }

    private static bool IsKnown(Queue<UInt128> known, UInt128? digest) => digest is { } value && known.Contains(value);

    private static void Remember(Queue<UInt128> known, UInt128? digest)
    {
        if (digest is not { } value)
        {
            return;
        }

        if (known.Count == RememberedDigests)
        {
            known.Dequeue();
        }

        known.Enqueue(value);
    }
}
