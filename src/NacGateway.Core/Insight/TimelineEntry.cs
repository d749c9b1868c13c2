using NacGateway.Core.Accounting;
using NacGateway.Core.Authentication;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight;

/// <summary>One thing that happened to a session, before it or in it. All text in it is foreign: to be encoded by whoever shows it.</summary>
/// <param name="At">When, UTC.</param>
public abstract record TimelineEntry(DateTimeOffset At)
{
    /// <summary>Things of one instant stand in this order.</summary>
    internal abstract int Rank { get; }

    /// <summary>The client, without a session, asked for something, and the gate answered it itself.</summary>
    /// <param name="At">When.</param>
    /// <param name="Contact">What for, and what it got.</param>
    /// <param name="UserAgent">User-Agent of its first request; null in the later ones.</param>
    public sealed record Arrived(DateTimeOffset At, ArrivalContact Contact, string? UserAgent) : TimelineEntry(At)
    {
        internal override int Rank => 0;
    }

    /// <summary>The client opened a page of the portal for the first time.</summary>
    public sealed record PortalOpened(DateTimeOffset At) : TimelineEntry(At)
    {
        internal override int Rank => 1;
    }

    /// <summary>A step of another sign-in of the same client, shortly before.</summary>
    /// <param name="At">When.</param>
    /// <param name="Decision">Its record.</param>
    /// <param name="Exchange">What was said with the server; null when none was asked.</param>
    public sealed record Attempted(DateTimeOffset At, PolicyDecision Decision, ExchangeRecord? Exchange) : TimelineEntry(At)
    {
        internal override int Rank => 2;
    }

    /// <summary>A step of the sign-in of this session: a challenge, the grant or the refusal, or that a server was asked again (see <see cref="PolicyDecision.Outcome"/>).</summary>
    /// <param name="At">When.</param>
    /// <param name="Decision">Its record.</param>
    /// <param name="Exchange">What was said with the server; null when none was asked.</param>
    public sealed record Decided(DateTimeOffset At, PolicyDecision Decision, ExchangeRecord? Exchange) : TimelineEntry(At)
    {
        internal override int Rank => 3;
    }

    /// <summary>The session began.</summary>
    public sealed record Opened(DateTimeOffset At) : TimelineEntry(At)
    {
        internal override int Rank => 4;
    }

    /// <summary>Somebody changed it, ended it, or was refused to (RFC 5176), or the server was asked again.</summary>
    public sealed record Noted(DateTimeOffset At, SessionEvent Event) : TimelineEntry(At)
    {
        internal override int Rank => 5;
    }

    /// <summary>It ended.</summary>
    public sealed record Ended(DateTimeOffset At, AcctTerminateCause Cause) : TimelineEntry(At)
    {
        internal override int Rank => 6;
    }

    /// <summary>A record of accounting was made and acknowledged.</summary>
    /// <param name="At">When what it reports happened.</param>
    /// <param name="Delivery">Who has it since when.</param>
    public sealed record AccountingDelivered(DateTimeOffset At, AccountingDelivery Delivery) : TimelineEntry(At)
    {
        /// <summary>From the event to the acknowledgement.</summary>
        public TimeSpan Delay => Delivery.DeliveredAt > At ? Delivery.DeliveredAt - At : TimeSpan.Zero;

        internal override int Rank => 7;
    }

    /// <summary>A record of accounting was made and is not acknowledged yet.</summary>
    /// <param name="At">When what it reports happened.</param>
    /// <param name="Status">Start, Interim-Update or Stop.</param>
    /// <param name="SetAside">Why it is not tried any more; null while it is.</param>
    public sealed record AccountingWaits(DateTimeOffset At, AcctStatusType Status, string? SetAside) : TimelineEntry(At)
    {
        internal override int Rank => 8;
    }
}
