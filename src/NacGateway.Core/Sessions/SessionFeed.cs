using System.Collections.Immutable;

namespace NacGateway.Core.Sessions;

/// <summary>
/// Tells those who listen, within this process, what happens to sessions once it is durable, and which sign-ins are refused. Never waits:
/// each listener has a queue of its own, and what finds it full is lost to that listener alone. Safe for concurrent use.
/// </summary>
public sealed class SessionFeed
{
    private ImmutableArray<SessionSubscription> _subscriptions = [];

    /// <summary>Whether anybody listens: without listeners no notice needs to be made.</summary>
    internal bool IsHeard => !Current.IsEmpty;

    private ImmutableArray<SessionSubscription> Current => ImmutableInterlocked.InterlockedCompareExchange(ref _subscriptions, default, default);

    /// <summary>Begins to listen; what happened before is not told.</summary>
    /// <param name="capacity">How many notices may wait for the reader.</param>
    public SessionSubscription Subscribe(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        var subscription = new SessionSubscription(this, capacity);
        ImmutableInterlocked.Update(ref _subscriptions, (all, added) => all.Add(added), subscription);
        return subscription;
    }

    internal void Publish(SessionNotice notice)
    {
        foreach (var subscription in Current)
        {
            subscription.Offer(notice);
        }
    }

    internal void Remove(SessionSubscription subscription) =>
        ImmutableInterlocked.Update(ref _subscriptions, (all, removed) => all.Remove(removed), subscription);
}
