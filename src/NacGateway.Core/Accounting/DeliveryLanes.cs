using System.Diagnostics.CodeAnalysis;

namespace NacGateway.Core.Accounting;

/// <summary>
/// The part of the outbox that is in memory, and what may be sent when. Records of one session go one after the other; sessions do not
/// wait for each other. Accounting-On and Accounting-Off speak of all sessions: what comes after them waits until they are
/// acknowledged. Not safe for concurrent use.
/// </summary>
/// <param name="frequency">Timestamps in a second.</param>
/// <param name="longestPause">Bound of the pause before a record is offered again.</param>
internal sealed class DeliveryLanes(long frequency, TimeSpan longestPause)
{
    /// <summary>Rows in memory at most; the others wait in the database.</summary>
    public const int Capacity = 4096;

    /// <summary>Offers after which a session no longer holds up Accounting-On or Accounting-Off.</summary>
    private const int Stuck = 3;

    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Lane, (long DueAt, long Id)> _queue = new();
    private readonly HashSet<long> _ids = [];
    private Lane? _whole;

    /// <summary>Rows in memory, those included that are acknowledged and not yet deleted.</summary>
    public int Count => _ids.Count;

    /// <summary>Records that are not acknowledged.</summary>
    public int Unacknowledged { get; private set; }

    /// <summary>Whether a record about all sessions is being delivered: nothing may be added meanwhile.</summary>
    public bool IsClosed => _whole is not null;

    /// <summary>Timestamp at which the next record is due; <see cref="long.MaxValue"/> when none waits for its time.</summary>
    public long NextDue => _queue.TryPeek(out _, out var due) ? due.DueAt : long.MaxValue;

    /// <summary>Adds a row in the order of ids.</summary>
    /// <returns>False when it must wait in the database until those before it are through.</returns>
    public bool TryAdd(AccountingRecord record, long now)
    {
        if (_ids.Contains(record.Id))
        {
            return true;
        }

        var isWhole = record.Status is AcctStatusType.AccountingOn or AcctStatusType.AccountingOff;
        if (_whole is not null || (isWhole && _lanes.Values.Any(other => other.Attempts < Stuck)))
        {
            return false;
        }

        if (!_lanes.TryGetValue(record.AcctSessionId, out var lane))
        {
            _lanes[record.AcctSessionId] = lane = new Lane { DueAt = now };
        }

        if (record.Status == AcctStatusType.InterimUpdate)
        {
            DropInterims(lane);
        }

        _whole = isWhole ? lane : null;
        _ids.Add(record.Id);
        lane.Waiting.Add(record.Id, record);
        Unacknowledged++;
        Queue(lane);
        return true;
    }

    /// <summary>Takes the record that has been due for the longest time; it is on its way then.</summary>
    public bool TryTake(long now, [NotNullWhen(true)] out AccountingRecord? record, out int attempts)
    {
        while (_queue.TryPeek(out var lane, out var due) && due.DueAt <= now)
        {
            _queue.Dequeue();
            lane.IsQueued = false;
            if (lane.Waiting.Count == 0)
            {
                // It was closed while it stood in the queue.
                continue;
            }

            lane.Sending = record = lane.Waiting.GetValueAtIndex(0);
            attempts = lane.Attempts;
            return true;
        }

        record = null;
        attempts = 0;
        return false;
    }

    /// <summary>A record on its way was acknowledged, or is not sent any more: the next of its session follows. Its id stays known until <see cref="Forget"/>.</summary>
    public void Done(AccountingRecord record, long now)
    {
        var lane = _lanes[record.AcctSessionId];
        lane.Sending = null;
        lane.Waiting.Remove(record.Id);
        lane.Attempts = 0;
        lane.DueAt = now;
        Unacknowledged--;
        if (ReferenceEquals(lane, _whole))
        {
            _whole = null;
        }

        if (lane.Waiting.Count == 0)
        {
            _lanes.Remove(record.AcctSessionId);
            return;
        }

        Queue(lane);
    }

    /// <summary>A record on its way was not acknowledged.</summary>
    /// <returns>How often that happened to it; 0 when a newer Interim-Update has taken its place and it is not sent any more.</returns>
    public int Missed(AccountingRecord record, long now, double chance)
    {
        var lane = _lanes[record.AcctSessionId];
        lane.Sending = null;
        var attempts = ++lane.Attempts;
        if (record.Status == AcctStatusType.InterimUpdate && lane.Waiting.Values.Any(later => later.Id > record.Id && later.Status == AcctStatusType.InterimUpdate))
        {
            lane.Waiting.Remove(record.Id);
            _ids.Remove(record.Id);
            Unacknowledged--;
            attempts = 0;
        }

        lane.DueAt = now + (long)(Pause(lane.Attempts, chance).TotalSeconds * frequency);
        Queue(lane);
        return attempts;
    }

    /// <summary>The servers are back: nobody waits for his pause to end.</summary>
    public void WakeAll(long now)
    {
        _queue.Clear();
        foreach (var lane in _lanes.Values.Where(lane => lane.Sending is null))
        {
            lane.DueAt = Math.Min(lane.DueAt, now);
            lane.IsQueued = false;
            Queue(lane);
        }
    }

    /// <summary>Rows are no longer in the database.</summary>
    public void Forget(IEnumerable<long> ids) => _ids.ExceptWith(ids);

    /// <summary>
    /// The pause after some offers. The first offer was four transmissions in half a minute (2, 4, 8, 16 seconds); the pauses go on
    /// from there, doubling (RFC 5080 section 2.2.1), with a random part of a tenth.
    /// </summary>
    internal TimeSpan Pause(int attempts, double chance)
    {
        var grown = 16 * Math.Pow(2, Math.Clamp(attempts, 1, 20) - 1);
        return TimeSpan.FromSeconds(Math.Min(grown, longestPause.TotalSeconds) * (0.9 + (0.2 * chance)));
    }

    /// <summary>Of a session at most one Interim-Update waits (RFC 2869 section 2.1); the row of the earlier one is gone already. One that is on its way may arrive.</summary>
    private void DropInterims(Lane lane)
    {
        foreach (var earlier in lane.Waiting.Values.Where(earlier => earlier.Status == AcctStatusType.InterimUpdate && !ReferenceEquals(earlier, lane.Sending)).ToList())
        {
            lane.Waiting.Remove(earlier.Id);
            _ids.Remove(earlier.Id);
            Unacknowledged--;
        }
    }

    private void Queue(Lane lane)
    {
        if (lane is { Sending: null, Waiting.Count: > 0 } && !lane.IsQueued)
        {
            lane.IsQueued = true;
            _queue.Enqueue(lane, (lane.DueAt, lane.Waiting.GetKeyAtIndex(0)));
        }
    }
}
