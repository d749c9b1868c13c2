namespace NacGateway.Core.Sessions;

/// <summary>The arrivals of some of the clients, the longest silent one last in a list. Safe for concurrent use.</summary>
internal sealed class ArrivalShard(int capacity)
{
    /// <summary>Most characters of a host that are kept.</summary>
    public const int LongestHost = 100;

    private const int LongestAgent = 200;
    private const int LastContacts = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<ClientKey, Entry> _entries = [];
    private Entry? _newest;
    private Entry? _oldest;

    public void Note(ClientKey client, long ticks, ArrivalAnswer answer, string? host, string? userAgent)
    {
        lock (_lock)
        {
            var entry = Touch(client, userAgent);
            entry.Requests++;
            entry.Add(ticks, answer, host);
        }
    }

    public void NotePortal(ClientKey client, long ticks, string? userAgent)
    {
        lock (_lock)
        {
            var entry = Touch(client, userAgent);
            entry.PortalTicks = entry.PortalTicks == 0 ? ticks : entry.PortalTicks;
        }
    }

    public void Forget(ClientKey client)
    {
        lock (_lock)
        {
            if (_entries.Remove(client, out var entry))
            {
                Unlink(entry);
            }
        }
    }

    public ClientArrival? Find(ClientKey client)
    {
        lock (_lock)
        {
            return _entries.TryGetValue(client, out var entry) ? entry.ToArrival() : null;
        }
    }

    /// <summary>A text of at most so many characters. It is the request's own string unless that is too long.</summary>
    private static string? Bound(string? text, int longest) => text?.Length > longest ? text[..longest] : text;

    private Entry Touch(ClientKey client, string? userAgent)
    {
        if (_entries.TryGetValue(client, out var entry))
        {
            if (!ReferenceEquals(entry, _newest))
            {
                Unlink(entry);
                Link(entry);
            }

            return entry;
        }

        if (_entries.Count >= capacity && _oldest is { } oldest)
        {
            _entries.Remove(oldest.Client);
            Unlink(oldest);
        }

        entry = new Entry(client, Bound(userAgent, LongestAgent));
        _entries.Add(client, entry);
        Link(entry);
        return entry;
    }

    private void Link(Entry entry)
    {
        (entry.Older, entry.Newer) = (_newest, null);
        if (_newest is not null)
        {
            _newest.Newer = entry;
        }

        _newest = entry;
        _oldest ??= entry;
    }

    private void Unlink(Entry entry)
    {
        if (entry.Newer is { } newer)
        {
            newer.Older = entry.Older;
        }
        else
        {
            _newest = entry.Older;
        }

        if (entry.Older is { } older)
        {
            older.Newer = entry.Newer;
        }
        else
        {
            _oldest = entry.Newer;
        }
    }

    private sealed class Entry(ClientKey client, string? userAgent)
    {
        private readonly Contact[] _last = new Contact[LastContacts];
        private Contact _first;
        private int _next;

        public ClientKey Client { get; } = client;

        public int Requests { get; set; }

        public long PortalTicks { get; set; }

        public Entry? Newer { get; set; }

        public Entry? Older { get; set; }

        /// <summary>Counts a request like the one before, or puts it in the place of the oldest.</summary>
        public void Add(long ticks, ArrivalAnswer answer, string? host)
        {
            ref var before = ref _first.Count == 0 || _next == 0 ? ref _first : ref _last[(_next - 1) % LastContacts];
            host = Bound(host, LongestHost);
            if (before.Count > 0 && before.Answer == answer && string.Equals(before.Host, host, StringComparison.Ordinal))
            {
                (before.Ticks, before.Count) = (ticks, before.Count + 1);
                return;
            }

            var contact = new Contact { Ticks = ticks, Answer = answer, Host = host, Count = 1 };
            if (_first.Count == 0)
            {
                _first = contact;
                return;
            }

            _last[_next++ % LastContacts] = contact;
        }

        public ClientArrival ToArrival() => new()
        {
            UserAgent = userAgent,
            Requests = Requests,
            First = _first.Count == 0 ? null : _first.ToContact(),
            Last = [.. Enumerable.Range(_next - Math.Min(_next, LastContacts), Math.Min(_next, LastContacts)).Select(n => _last[n % LastContacts].ToContact())],
            PortalOpenedAt = PortalTicks == 0 ? null : new DateTimeOffset(PortalTicks, TimeSpan.Zero),
        };
    }

    private struct Contact
    {
        public long Ticks { get; set; }

        public ArrivalAnswer Answer { get; set; }

        public string? Host { get; set; }

        public int Count { get; set; }

        public readonly ArrivalContact ToContact() => new(new DateTimeOffset(Ticks, TimeSpan.Zero), Answer, Host, Count);
    }
}
