using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace NacGateway.Core.Sessions;

/// <summary>
/// The open sessions in memory, by client address: a cache of the database, rebuilt at start. One lookup, no lock, no allocation.
/// Only <see cref="SessionManager"/> writes to it, after its transaction has committed.
/// </summary>
public sealed class SessionTable
{
    /// <summary>Open sessions.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>The open session of a client, if there is one. A session past its end is no longer open, even before the sweeper has come by.</summary>
    public bool TryGet(IPAddress client, [NotNullWhen(true)] out ActiveSession? session) => throw new NotImplementedException();

    /// <summary>A snapshot of all open sessions.</summary>
    public IReadOnlyCollection<ActiveSession> Snapshot() => throw new NotImplementedException();
}
