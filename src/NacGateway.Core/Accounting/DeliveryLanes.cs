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

    /// <summary>Sessions in memory at most that are stuck.</summary>
    internal const int MostStuck = Capacity / 8;

    /// <summary>Offers of Accounting-On or Accounting-Off after which one record behind it tries whether the servers take anything at all.</summary>
    private const int BeforeProbe = 3;

    /// <summary>How long Accounting-On or Accounting-Off waits for those before it while none of them is acknowledged: they may be what no server takes, and it is not.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly LaneQueue _queue = new();
    private readonly ParkedLanes _parked = new();
    private readonly HashSet<long> _ids = [];
    private readonly List<long> _superseded = [];
    private Lane? _whole;
    private Lane? _probe;
    private (long Id, long Since)? _held;
    private bool _isProven;
    private long _acknowledgedAt = long.MinValue;
    private int _stuckSending;

    /// <summary>Rows in memory, those included that are acknowledged and not yet deleted.</summary>
    public int Count => _ids.Count;

    /// <summary>Records that are not acknowledged, of those in memory.</summary>
    public int Unacknowledged { get; private set; }

    /// <summary>Adds a row in the order of ids.</summary>
    /// <returns>False when it must wait in the database until those before it are through.</returns>
    public bool TryAdd(AccountingRecord record, long now)
    {
        if (_ids.Contains(record.Id) || _parked.Contains(record.AcctSessionId))
        {
            return true;
        }

        var isWhole = record.Status is AcctStatusType.AccountingOn or AcctStatusType.AccountingOff;
        if ((_whole is not null && (isWhole || !MayProbe(record))) || (isWhole && IsHeldUp(record, now)))
        {
            return false;
        }

        if (!_lanes.TryGetValue(record.AcctSessionId, out var lane))
        {
            _lanes[record.AcctSessionId] = lane = _parked.TryTakeRecalled(record.AcctSessionId, out var recalled) ? recalled : new Lane { DueAt = now };
        }

        _probe = _whole is null ? null : lane;
        _whole = isWhole ? lane : _whole;
        _ids.Add(record.Id);
        lane.Waiting.Add(record.Id, record);
        Unacknowledged++;
        if (Supersede(lane, now) || !lane.IsQueued)
        {
            _queue.Put(lane);
        }

        return true;
    }

    /// <summary>Takes the record that has been due for the longest time; it is on its way then.</summary>
    /// <param name="now">The time.</param>
    /// <param name="mostStuck">How many of sessions that are stuck may be on their way.</param>
    /// <param name="record">The record.</param>
    /// <param name="attempts">Offers of it before.</param>
    /// <param name="newestFirst">Whether the newest that was never offered comes first: while hardly anybody is acknowledged, it is the most likely to be.</param>
    public bool TryTake(long now, int mostStuck, [NotNullWhen(true)] out AccountingRecord? record, out int attempts, bool newestFirst = false)
    {
        var lane = newestFirst ? _lanes.Values.Where(waiting => waiting is { IsQueued: true, Attempts: 0 } && waiting.DueAt <= now).MaxBy(waiting => waiting.Waiting.GetKeyAtIndex(0)) : null;
        if (lane is null && !_queue.TryTake(now, _stuckSending < mostStuck, out lane))
        {
            (record, attempts) = (null, 0);
            return false;
        }

        lane.IsQueued = false;
        _stuckSending += lane.IsStuck ? 1 : 0;
        lane.SentAt = now;
        lane.Sending = record = lane.Waiting.GetValueAtIndex(0);
        attempts = lane.Attempts;
        return true;
    }

    /// <summary>Timestamp at which the next record may be taken; <see cref="long.MaxValue"/> when none waits for its time.</summary>
    public long NextDue(int mostStuck) => _queue.NextDue(_stuckSending < mostStuck);

    /// <summary>A record on its way was acknowledged: the next of its session follows. Its id stays known until <see cref="Forget"/>.</summary>
    public void Done(AccountingRecord record, long now)
    {
        _acknowledgedAt = now;
        var lane = Landed(record);
        _isProven |= ReferenceEquals(lane, _probe);
        lane.BeginAnew(now);
        Remove(lane, record);
    }

    /// <summary>A record on its way was not acknowledged.</summary>
    public Miss Missed(AccountingRecord record, long now, double chance)
    {
        var lane = Landed(record);
        var wasStuck = lane.IsStuck;
        lane.Attempts++;
        lane.Refused += _acknowledgedAt >= lane.SentAt ? 1 : 0;
        lane.DueAt = now + (long)(Pause(lane.Attempts, chance).TotalSeconds * frequency);
        Supersede(lane, now);
        var attempts = lane.Waiting.ContainsKey(record.Id) ? lane.Attempts : 0;
        if (lane.IsStuck && _lanes.Values.Count(other => other.IsStuck) > MostStuck)
        {
            Park(record.AcctSessionId, lane);
        }
        else
        {
            _queue.Put(lane);
        }

        return new Miss(attempts, IsTelling: !wasStuck);
    }

    /// <summary>
    /// Accounting-On or Accounting-Off that is not to be sent any more, and is out of the queue now: a record behind it was acknowledged,
    /// so that the servers are there and do not take it, or it was offered often enough. Null for none, and while it is on its way.
    /// </summary>
    /// <param name="most">Offers that are enough.</param>
    /// <param name="now">The time.</param>
    public AccountingRecord? TakeGivenUp(int most, long now)
    {
        if (_whole is not { Sending: null } whole || (!_isProven && whole.Attempts < most))
        {
            return null;
        }

        var record = whole.Waiting.GetValueAtIndex(0);
        whole.BeginAnew(now);
        Remove(whole, record);
        return record;
    }

    /// <summary>The servers are back: nobody waits for his pause to end, but those that they did not take before.</summary>
    /// <returns>Whether the rows must be read from the beginning, for some are called back that are not in memory.</returns>
    public bool WakeAll(long now)
    {
        var isShort = _parked.RecallInnocent(now) | WithdrawWhole();
        foreach (var lane in _lanes.Values.Where(lane => lane is { Sending: null, IsStuck: false }))
        {
            if (ReferenceEquals(lane, _whole))
            {
                lane.DueAt = Math.Min(lane.DueAt, now);
            }
            else
            {
                lane.Wake(now);
            }

            _queue.Put(lane);
        }

        return isShort;
    }

    /// <summary>Makes room by leaving rows in the database that were offered in vain, or else those that have waited longest: while nobody is acknowledged those behind them may be the ones that are.</summary>
    public void MakeRoom(int rows)
    {
        var room = 0;
        foreach (var (id, lane) in _lanes.Where(lane => lane.Value.Sending is null && !ReferenceEquals(lane.Value, _whole) && !ReferenceEquals(lane.Value, _probe)).OrderByDescending(lane => lane.Value.Attempts).ToList())
        {
            if (room >= rows || _parked.IsFull)
            {
                return;
            }

            room += lane.Waiting.Count;
            Park(id, lane);
        }
    }

    /// <summary>Calls back who has been left in the database for the longest time. The rows are read from the beginning afterwards.</summary>
    public void Recall(long now) => _parked.Recall(now, Math.Max(0, MostStuck - _lanes.Values.Count(lane => lane.IsStuck)));

    /// <summary>All rows of the database were looked at.</summary>
    public void ReadToEnd() => _parked.ForgetRecalled();

    /// <summary>Rows that need not be sent any more, for a later one of their session says more. They are to be deleted; each is named once.</summary>
    public long[] TakeSuperseded()
    {
        long[] ids = [.. _superseded];
        _superseded.Clear();
        return ids;
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

    private bool IsHeldUp(AccountingRecord whole, long now)
    {
        if (_lanes.Values.Concat(_parked.Lanes).All(lane => lane.IsStuck))
        {
            return false;
        }

        _held = _held is { } held && held.Id == whole.Id ? held : (whole.Id, now);
        return now - Math.Max(_held.Value.Since, _acknowledgedAt) < s_patience.TotalSeconds * frequency;
    }

    /// <summary>One session at a time may go past Accounting-On: should that arrive after all, it ends no more than this one at the server.</summary>
    private bool MayProbe(AccountingRecord record) =>
        _whole!.Attempts >= BeforeProbe && (_probe is null || (_lanes.TryGetValue(record.AcctSessionId, out var lane) && ReferenceEquals(lane, _probe)));

    private Lane Landed(AccountingRecord record)
    {
        var lane = _lanes[record.AcctSessionId];
        lane.Sending = null;
        _stuckSending -= lane.IsStuck ? 1 : 0;
        return lane;
    }

    private void Remove(Lane lane, AccountingRecord record)
    {
        lane.Waiting.Remove(record.Id);
        Unacknowledged--;
        if (ReferenceEquals(lane, _whole))
        {
            (_whole, _probe, _isProven) = (null, null, false);
        }

        if (lane.Waiting.Count == 0)
        {
            _lanes.Remove(record.AcctSessionId);
            _probe = ReferenceEquals(lane, _probe) ? null : _probe;
        }

        _queue.Put(lane);
    }

    /// <summary>
    /// An Interim-Update makes way for what comes after it in its session: a later one (of a session at most one waits, RFC 2869 section
    /// 2.1), and the Stop, which has the final counters; else one that no server takes would hold the Stop up for ever. One that is on
    /// its way may arrive.
    /// </summary>
    /// <returns>Whether a Stop stands first now that did not.</returns>
    private bool Supersede(Lane lane, long now)
    {
        var before = lane.Waiting.Values.Where(record => record.Status == AcctStatusType.InterimUpdate && !ReferenceEquals(record, lane.Sending)
            && lane.Waiting.Values.Any(later => later.Id > record.Id && later.Status is AcctStatusType.InterimUpdate or AcctStatusType.Stop)).ToList();
        var isFirst = before.Count > 0 && ReferenceEquals(before[0], lane.Waiting.GetValueAtIndex(0));
        foreach (var record in before)
        {
            lane.Waiting.Remove(record.Id);
            _superseded.Add(record.Id);
            Unacknowledged--;
        }

        if (!isFirst || lane.Sending is not null || lane.Waiting.GetValueAtIndex(0).Status != AcctStatusType.Stop)
        {
            return false;
        }

        lane.BeginAnew(now);
        return true;
    }

    /// <summary>Accounting-On or Accounting-Off that went past sessions while the servers were away stands behind them again.</summary>
    private bool WithdrawWhole()
    {
        if (_whole is not { Sending: null } whole || _probe is not null || _lanes.Values.All(lane => lane.IsStuck || ReferenceEquals(lane, whole)))
        {
            return false;
        }

        var record = whole.Waiting.GetValueAtIndex(0);
        _ids.Remove(record.Id);
        _held = null;
        Remove(whole, record);
        return true;
    }

    private void Park(string acctSessionId, Lane lane)
    {
        if (_parked.IsFull)
        {
            _queue.Put(lane);
            return;
        }

        _ids.ExceptWith(lane.Waiting.Keys);
        Unacknowledged -= lane.Waiting.Count;
        lane.Waiting.Clear();
        lane.IsQueued = false;
        _lanes.Remove(acctSessionId);
        _parked.Add(acctSessionId, lane);
    }
}
