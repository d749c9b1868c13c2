namespace NacGateway.Aaa.Accounting;

/// <summary>What the records of one session add up to. Immutable; each record makes a new one.</summary>
public sealed record BookedSession
{
    /// <summary>Faults kept for one session; more are only counted.</summary>
    public const int MaxFaults = 16;

    /// <summary>Acct-Session-Id; untrusted text.</summary>
    public required string SessionId { get; init; }

    /// <summary>Who reported it: NAS-Identifier, else NAS-IP-Address, else the address it came from.</summary>
    public required string Nas { get; init; }

    /// <summary>User-Name of the latest record; untrusted text.</summary>
    public string UserName { get; init; } = string.Empty;

    /// <summary>Start records.</summary>
    public int Starts { get; init; }

    /// <summary>Interim-Update records.</summary>
    public int Interims { get; init; }

    /// <summary>Stop records.</summary>
    public int Stops { get; init; }

    /// <summary>Records that were retransmissions: answered again, and counted nowhere else.</summary>
    public int Repeated { get; init; }

    /// <summary>Octets received from the user, Gigawords included.</summary>
    public ulong InputOctets { get; init; }

    /// <summary>Octets sent to the user, Gigawords included.</summary>
    public ulong OutputOctets { get; init; }

    /// <summary>Acct-Session-Time in seconds.</summary>
    public uint SessionTime { get; init; }

    /// <summary>Acct-Terminate-Cause of the latest Stop; null before, or when it named none.</summary>
    public uint? TerminateCause { get; init; }

    /// <summary>Whether a counter was ever smaller than before, which a counter of a session never is (RFC 2869 section 2.1).</summary>
    public bool OctetsShrank { get; init; }

    /// <summary>How often a record was not due: none before a Start, one Start, one Stop, nothing after it.</summary>
    public int OrderFaults { get; init; }

    /// <summary>The first faults in words, in order; empty for a session that is in order.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Whether one Start came first, one Stop last, and no counter shrank.</summary>
    public bool IsInOrder => Starts == 1 && Stops == 1 && OrderFaults == 0 && !OctetsShrank;
}
