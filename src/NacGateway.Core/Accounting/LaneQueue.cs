using System.Diagnostics.CodeAnalysis;

namespace NacGateway.Core.Accounting;

/// <summary>
/// Sessions that wait for their time: those that were never offered first, then those that were offered in vain, and last those that
/// are stuck, so that what nobody takes never keeps the way from what somebody does. Not safe for concurrent use.
/// </summary>
internal sealed class LaneQueue
{
    private const int Stuck = 2;
    private readonly PriorityQueue<(Lane Lane, int Ticket), (long DueAt, long Id)>[] _ranks = [new(), new(), new()];

    /// <summary>Puts one in at the place it has now; it loses an earlier one.</summary>
    public void Put(Lane lane)
    {
        lane.Ticket++;
        lane.IsQueued = lane is { Sending: null, Waiting.Count: > 0 };
        if (lane.IsQueued)
        {
            _ranks[lane.IsStuck ? Stuck : Math.Min(lane.Attempts, 1)].Enqueue((lane, lane.Ticket), (lane.DueAt, lane.Waiting.GetKeyAtIndex(0)));
        }
    }

    /// <summary>Takes one whose time has come.</summary>
    /// <param name="now">The time.</param>
    /// <param name="withStuck">Whether it may be one that is stuck.</param>
    /// <param name="lane">The one.</param>
    public bool TryTake(long now, bool withStuck, [NotNullWhen(true)] out Lane? lane)
    {
        foreach (var rank in Ranks(withStuck))
        {
            if (First(rank) is { } first && first.DueAt <= now)
            {
                lane = rank.Dequeue().Lane;
                lane.IsQueued = false;
                return true;
            }
        }

        lane = null;
        return false;
    }

    /// <summary>Timestamp at which the next one is due; <see cref="long.MaxValue"/> when none waits for its time.</summary>
    public long NextDue(bool withStuck) => Ranks(withStuck).Min(rank => First(rank)?.DueAt ?? long.MaxValue);

    private IEnumerable<PriorityQueue<(Lane Lane, int Ticket), (long DueAt, long Id)>> Ranks(bool withStuck) => withStuck ? _ranks : _ranks.Take(Stuck);

    /// <summary>Passes over places that have become void.</summary>
    private static Lane? First(PriorityQueue<(Lane Lane, int Ticket), (long DueAt, long Id)> rank)
    {
        while (rank.TryPeek(out var first, out _))
        {
            if (first.Ticket == first.Lane.Ticket && first.Lane is { IsQueued: true, Waiting.Count: > 0 })
            {
                return first.Lane;
            }

            rank.Dequeue();
        }

        return null;
    }
}
