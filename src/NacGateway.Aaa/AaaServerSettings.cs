using System.Net;
using NacGateway.Aaa.Accounting;
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
}
