using NacGateway.Core.Accounting;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Tests.Accounting;

/// <summary>
/// What an accounting server has written down, in order of arrival. Two records with the same Acct-Session-Id, Acct-Status-Type and
/// Event-Timestamp are one: whoever died between the server's answer and his own note of it must send the record again, and every
/// accounting server has to see through that (RFC 2866 section 4.1). The two must then say the same. Safe for concurrent use.
/// </summary>
internal sealed class AccountingBook
{
    /// <summary>Three offers of a record, each with its transmissions, take longer than this.</summary>
    private static readonly TimeSpan s_threeOffers = TimeSpan.FromMinutes(1);

    private const int Capacity = 100_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string AcctSessionId, AcctStatusType Status, DateTimeOffset EventAt), BookEntry> _known = [];
    private readonly List<BookEntry> _entries = [];
    private readonly List<string> _changed = [];
    private int _repetitions;

    /// <summary>Each record once.</summary>
    public IReadOnlyList<BookEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>How often a record came that was there already.</summary>
    public int Repetitions
    {
        get
        {
            lock (_lock)
            {
                return _repetitions;
            }
        }
    }

    public void Enter(BookEntry entry)
    {
        lock (_lock)
        {
            if (!_known.TryGetValue(entry.Key, out var earlier))
            {
                Xunit.Assert.True(_entries.Count < Capacity, "The book is full.");
                _known.Add(entry.Key, entry);
                _entries.Add(entry);
                return;
            }

            _repetitions++;
            if (entry.Content != earlier.Content)
            {
                _changed.Add($"{earlier} was repeated with another content:\n  {earlier.Content}\n  {entry.Content}");
            }
        }
    }

    /// <summary>Everything that is wrong with it when these are the sessions that there were, all of which have ended.</summary>
    public IReadOnlyList<string> Problems(IReadOnlyList<Session> sessions)
    {
        var entries = Entries;
        var bySession = entries.Where(entry => entry.IsOfSession).ToLookup(entry => entry.AcctSessionId, StringComparer.Ordinal);
        var known = sessions.Select(session => session.AcctSessionId).ToHashSet(StringComparer.Ordinal);
        lock (_lock)
        {
            return
            [
                .. _changed,
                .. entries.Where(entry => entry.EventAt == DateTimeOffset.UnixEpoch).Select(entry => $"{entry} has no Event-Timestamp"),
                .. bySession.Where(records => !known.Contains(records.Key)).Select(records => $"{records.First()} is of a session that there was not"),
                .. sessions.SelectMany(session => Problems(session, [.. bySession[session.AcctSessionId]])),
                .. entries.Index().Where(at => at.Item.Status == AcctStatusType.AccountingOn).SelectMany(on => LateBeginnings(on.Item, entries.Take(on.Index))),
            ];
        }
    }

    private static List<string> Problems(Session session, IReadOnlyList<BookEntry> records)
    {
        var id = session.AcctSessionId;
        if (session.EndedAt is not { } endedAt)
        {
            return [$"{id} has not ended"];
        }

        var starts = records.Count(record => record.Status == AcctStatusType.Start);
        var stops = records.Count(record => record.Status == AcctStatusType.Stop);
        if (starts != 1 || stops != 1)
        {
            return [$"{id} has {starts} Starts and {stops} Stops: {string.Join("; ", records)}"];
        }

        List<string> problems = [];
        var (first, last) = (records[0], records[^1]);
        Check(first.Status == AcctStatusType.Start, $"{id} begins with {first}");
        Check(last.Status == AcctStatusType.Stop, $"{id} ends with {last}");
        Check(records.Single(record => record.Status == AcctStatusType.Start).EventAt == Second(session.StartedAt), $"{first} began {session.StartedAt:HH:mm:ss}");
        var stop = records.Single(record => record.Status == AcctStatusType.Stop);
        Check(stop.EventAt == Second(endedAt), $"{stop} ended {endedAt:HH:mm:ss}");
        Check(stop.TerminateCause == (uint)session.TerminateCause!.Value, $"{stop} ended by {session.TerminateCause}, not {stop.TerminateCause}");
        Check((stop.Input, stop.Output) == (session.InputOctets, session.OutputOctets), $"{stop} does not say {session.InputOctets} in, {session.OutputOctets} out");
        foreach (var (before, after) in records.Zip(records.Skip(1)))
        {
            Check(before.Input <= after.Input && before.Output <= after.Output, $"octets shrink: {before}; {after}");
            Check(before.EventAt <= after.EventAt, $"out of order: {before}; {after}");
        }

        return problems;

        void Check(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }
    }

    /// <summary>
    /// Accounting-On comes before all else of its run (RFC 2866 section 5.1): a server may close what it has open when it reads it. But where no
    /// server has taken it for long, one session begun behind it is sent to see whether they take anything at all.
    /// </summary>
    private static IEnumerable<string> LateBeginnings(BookEntry on, IEnumerable<BookEntry> earlier)
    {
        var late = earlier.Where(entry => entry.IsOfSession && entry.EventAt > on.EventAt).ToList();
        var isTrial = late.DistinctBy(entry => entry.AcctSessionId, StringComparer.Ordinal).Count() == 1 && late.TrueForAll(entry => entry.EventAt - on.EventAt > s_threeOffers);
        return isTrial ? [] : late.Select(entry => $"{entry} came before {on}");
    }

    private static DateTimeOffset Second(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());
}
