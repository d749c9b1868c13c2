using System.Net;
using NacGateway.Aaa.Accounting;
using NacGateway.Aaa.Scenarios;
using NacGateway.Aaa.Tracing;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa;

/// <summary>Whom a server answers, where, and about which users.</summary>
public sealed record AaaServerSettings
{
    /// <summary>The users.</summary>
    public required UserDirectory Users { get; init; }

    /// <summary>Address and port for authentication; port 0 takes a free one.</summary>
    public required IPEndPoint Authentication { get; init; }

    /// <summary>Address and port for accounting; port 0 takes a free one. Null for no accounting, over RadSec neither.</summary>
    public IPEndPoint? Accounting { get; init; }

    /// <summary>The clients and their secrets.</summary>
    public required IReadOnlyList<NasEntry> Nas { get; init; }

    /// <summary>RadSec beside UDP, for the same users; null for none.</summary>
    public RadSecListenerSettings? Tls { get; init; }

    /// <summary>Told of each answer; it may be called concurrently.</summary>
    public Action<AaaEvent>? OnAnswered { get; init; }

    /// <summary>Told of each accounting record; it may be called concurrently.</summary>
    public Action<AccountingEvent>? OnAccounting { get; init; }

    /// <summary>Where accounting records are appended to; null for none. The one who opened it closes it.</summary>
    public AccountingFile? AccountingFile { get; init; }

    /// <summary>Whether an Access-Request without Message-Authenticator is rejected with Error-Cause 510 where it would be dropped; for finding faults only.</summary>
    public bool TellsMissingMessageAuthenticator { get; init; }

    /// <summary>How long a rejection waits, and up to half as long again at random; default not at all.</summary>
    public TimeSpan RejectDelay { get; init; }

    /// <summary>What goes wrong on purpose; null for nothing.</summary>
    public Scenario? Scenario { get; init; }

    /// <summary>
    /// What all that is left to chance follows from, State included, so that a run can be repeated; null for what nobody can guess.
    /// A scenario without a seed runs with 0.
    /// </summary>
    public ulong? Seed { get; init; }

    /// <summary>Told of each step of the scenario that applies; it may be called concurrently.</summary>
    public Action<FaultEvent>? OnFault { get; init; }

    /// <summary>Where each datagram in and out is written down; null for nowhere. The one who opened it closes it.</summary>
    public TraceWriter? Trace { get; init; }

    /// <summary>A recorded run that is answered from in place of users and scenario; null for none.</summary>
    public Trace? Replay { get; init; }

    /// <summary>Whether recorded replies go out octet for octet, although they were made for other requests.</summary>
    public bool ReplayVerbatim { get; init; }
}
