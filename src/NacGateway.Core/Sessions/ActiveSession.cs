using System.Net;
using NacGateway.Core.Policy;

namespace NacGateway.Core.Sessions;

/// <summary>
/// An open session in memory: what the gate and the status page ask for. Identity and limits are immutable (a change swaps the
/// whole object in the table); the traffic counter is shared by all versions of the same session.
/// </summary>
public sealed class ActiveSession
{
    /// <summary>How long a session outlives its Session-Timeout at most, while its server is asked: longer than the longest Radius:LoginBudget.</summary>
    internal static readonly TimeSpan LongestRenewal = TimeSpan.FromSeconds(65);

    /// <summary>Acct-Session-Id (RFC 2866 section 5.5), unique across restarts.</summary>
    public required string AcctSessionId { get; init; }

    /// <summary>User-Name, as the Accept returned it or as it was typed (RFC 2865 section 5.1).</summary>
    public required string UserName { get; init; }

    /// <summary>User-Name as typed, where the server returned another one; null where they are the same.</summary>
    public string? TypedName { get; init; }

    /// <summary>The name that rules are asked about: the one typed, at sign-in and ever after.</summary>
    public string JudgedName => TypedName ?? UserName;

    /// <summary>The client's address.</summary>
    public required IPAddress ClientAddress { get; init; }

    /// <summary>MAC address as Calling-Station-Id (AA-BB-CC-DD-EE-FF); null when it is not known.</summary>
    public string? CallingStationId { get; init; }

    /// <summary>The addresses by which its device is known now; shared by all versions of the same session.</summary>
    public SessionAddresses Addresses { get => field ??= new SessionAddresses(ClientKey.From(ClientAddress)); internal init; }

    /// <summary>When it was opened, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Limits in force.</summary>
    public required SessionLimits Limits { get; init; }

    /// <summary>Name of the RADIUS server that accepted.</summary>
    public required string ServerName { get; init; }

    /// <summary>Octets and last activity.</summary>
    public required TrafficCounter Traffic { get; init; }

    /// <summary>Rates and quota that the gate keeps; shared by all versions of the same session.</summary>
    public SessionPace Pace { get; internal init; } = new();

    /// <summary>Whether the server is asked again at Session-Timeout (Termination-Action, RFC 2865 section 5.29).</summary>
    public bool Reauthenticates { get; init; }

    /// <summary>
    /// What it had used when its server last accepted it again: the gateway's limits count on from there. Null where it was not, or not since
    /// the gateway was started.
    /// </summary>
    public SessionLimits? RenewedAfter { get; init; }

    /// <summary>What its user is shown on the status page; null for nothing.</summary>
    public string? Message { get; init; }

    /// <summary>What an administrator wrote to its user, until the user has put it away; null for nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>Chargeable-User-Identity, by which a server may name it (RFC 4372 section 2.1); null when it has none.</summary>
    internal byte[]? ChargeableUserIdentity { get; init; }

    /// <summary>When it must end by Session-Timeout, UTC; null when unlimited.</summary>
    public DateTimeOffset? EndsAt => Limits.SessionTimeout is { } timeout ? StartedAt + timeout : null;

    /// <summary>Cancelled when the session has ended, for what must not outlive it: tunnels and upgraded connections.</summary>
    public CancellationToken Ended => End.Token;

    /// <summary>
    /// Monotonic timestamp at which Session-Timeout ends it: a step of the wall clock neither ends nor extends a session. Where the server
    /// is asked again first, it is later by <see cref="LongestRenewal"/>, so that the gate is not shut while the answer is on its way.
    /// </summary>
    internal long Deadline { get; init; } = long.MaxValue;

    /// <summary>Monotonic timestamp at which the server is asked again; never, where it is not.</summary>
    internal long RenewalDue { get; init; } = long.MaxValue;

    /// <summary>Idle-Timeout in ticks of the monotonic clock.</summary>
    internal long IdleTicks { get; init; } = long.MaxValue;

    /// <summary>
    /// Recorded after its user had been told that it could not be: it never opens the gate, and the sweeper ends it.
    /// </summary>
    internal bool IsWithdrawn { get; init; }

    /// <summary>Shared by all versions of the same session.</summary>
    internal SessionEnd End { get; init; } = new();

    /// <summary>When it carried something last, or began, UTC: measured by the clock that no step moves.</summary>
    internal DateTimeOffset ActiveAt(TimeProvider time) => time.GetUtcNow() - time.GetElapsedTime(Traffic.LastActivity);

    /// <summary>The limit that has been reached at this timestamp, or null while it may go on.</summary>
    internal AcctTerminateCause? LimitReached(long timestamp)
    {
        if (IsWithdrawn)
        {
            return AcctTerminateCause.NasError;
        }

        if (timestamp >= Deadline)
        {
            return AcctTerminateCause.SessionTimeout;
        }

        if (timestamp - Traffic.LastActivity >= IdleTicks)
        {
            return AcctTerminateCause.IdleTimeout;
        }

        // RFC 2866 has no cause for a quota; that of the other limit of the session as a whole comes nearest.
        return Limits.IsUsedUp(Traffic.InputOctets, Traffic.OutputOctets) ? AcctTerminateCause.SessionTimeout : null;
    }
}
