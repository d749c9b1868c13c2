using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace NacGateway.Core.Sessions;

/// <summary>
/// The open sessions in memory, by client address: a cache of the database, rebuilt at start. One lookup, no lock, no allocation.
/// Only <see cref="SessionManager"/> writes to it, after its transaction has committed.
/// </summary>
public sealed class SessionTable(TimeProvider time)
{
    private readonly ConcurrentDictionary<ClientKey, ActiveSession> _byClient = new();
    private readonly ConcurrentDictionary<string, ActiveSession> _byId = new(StringComparer.Ordinal);

    /// <summary>What those are told whose session was ended by a server.</summary>
    public SessionFarewells Farewells { get; } = new(time);

    /// <summary>What all of them have carried, and those before them.</summary>
    public TrafficTotals Totals { get; } = new();

    /// <summary>Open sessions, those included that are past their end and wait for the sweeper.</summary>
    public int Count => _byId.Count;

    /// <summary>The open session of a client, if there is one. A session past its end is no longer open, even before the sweeper has come by.</summary>
    public bool TryGet(IPAddress client, [NotNullWhen(true)] out ActiveSession? session) =>
        _byClient.TryGetValue(ClientKey.From(client), out session) && session.LimitReached(time.GetTimestamp()) is null;

    /// <summary>The session of an Acct-Session-Id, if it is open.</summary>
    public bool TryGet(string acctSessionId, [NotNullWhen(true)] out ActiveSession? session) =>
        _byId.TryGetValue(acctSessionId, out session) && session.LimitReached(time.GetTimestamp()) is null;

    /// <summary>A snapshot of all open sessions.</summary>
    public IReadOnlyCollection<ActiveSession> Snapshot() => [.. _byId.Select(pair => pair.Value)];

    /// <summary>As <see cref="Snapshot"/>, one by one and without a copy: what changes meanwhile may or may not be seen.</summary>
    internal IEnumerable<ActiveSession> Walk() => _byId.Select(pair => pair.Value);

    /// <summary>The session of an Acct-Session-Id, past its end or not.</summary>
    internal bool TryFind(string acctSessionId, [NotNullWhen(true)] out ActiveSession? session) => _byId.TryGetValue(acctSessionId, out session);

    /// <summary>The limit that a session has reached, or null while it may go on.</summary>
    internal AcctTerminateCause? LimitReached(ActiveSession session) => session.LimitReached(time.GetTimestamp());

    /// <summary>Whether the client has a session, past its end or not.</summary>
    internal bool Knows(ClientKey client) => _byClient.ContainsKey(client);

    /// <summary>Puts a session in, in place of the client's earlier one, which is ended.</summary>
    internal void Put(ActiveSession session)
    {
        var client = ClientKey.From(session.ClientAddress);
        if (_byClient.TryGetValue(client, out var earlier) && !string.Equals(earlier.AcctSessionId, session.AcctSessionId, StringComparison.Ordinal))
        {
            Remove(earlier);
        }

        session.Pace.Keep(session.Limits, time);
        session.Traffic.Totals = Totals;
        _byId[session.AcctSessionId] = session;
        _byClient[client] = session;
        Farewells.Forget(client);
    }

    /// <summary>Takes a session out, and tells who waits for its end.</summary>
    internal void Remove(ActiveSession session)
    {
        // The newest version of it may not be the one at hand.
        if (!_byId.TryRemove(session.AcctSessionId, out var current))
        {
            return;
        }

        _byClient.TryRemove(KeyValuePair.Create(ClientKey.From(current.ClientAddress), current));
        current.End.Signal();
    }
}
