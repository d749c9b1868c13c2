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
    private Action<ActiveSession>? _followers;

    /// <summary>For those that write: a session's addresses and its versions change on different threads.</summary>
    private readonly Lock _writing = new();

    private readonly ConcurrentDictionary<ClientKey, ActiveSession> _byClient = new();
    private readonly ConcurrentDictionary<string, ActiveSession> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ActiveSession> _byStation = new(StringComparer.Ordinal);

    /// <summary>Asks who counts below the gate for the last octets of sessions that are about to end; null where nobody does.</summary>
    internal Func<IEnumerable<string>, Task>? LastOctets { get; set; }

    /// <summary>The clock that its sessions' limits are on.</summary>
    internal TimeProvider Time => time;

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

    /// <summary>The session of a device, past its end or not.</summary>
    internal bool TryFind(MacAddress device, [NotNullWhen(true)] out ActiveSession? session) => _byStation.TryGetValue(device.ToString(), out session);

    /// <summary>The session that an address belongs to, past its end or not.</summary>
    internal bool TryFind(ClientKey client, [NotNullWhen(true)] out ActiveSession? session) => _byClient.TryGetValue(client, out session);

    /// <summary>Calls this after every change of a session, and of its addresses, on the thread that made it: it must be quick and not throw.</summary>
    internal void Follow(Action<ActiveSession> follower)
    {
        lock (_writing)
        {
            _followers += follower;
        }
    }

    /// <summary>Puts a session in, in place of the client's earlier one, which is ended.</summary>
    internal void Put(ActiveSession session)
    {
        lock (_writing)
        {
            var client = ClientKey.From(session.ClientAddress);

            // Another version of a session that has lost the address is no reason to end who has it now.
            if (session.Addresses.Held.Contains(client) && _byClient.TryGetValue(client, out var earlier) && IsOther(earlier, session))
            {
                Remove(earlier);
            }

            session.Pace.Keep(session.Limits, time);
            session.Traffic.Totals = Totals;
            _byId[session.AcctSessionId] = session;
            foreach (var held in session.Addresses.Held)
            {
                _byClient[held] = session;
            }

            if (session.CallingStationId is { } station)
            {
                _byStation[station] = session;
            }

            Farewells.Forget(client);
            _followers?.Invoke(session);
        }
    }

    /// <summary>Lets an open session's device be known by one more address.</summary>
    /// <returns>False when the session is not open, or another one has the address.</returns>
    internal bool Attach(string acctSessionId, ClientKey address)
    {
        lock (_writing)
        {
            if (!_byId.TryGetValue(acctSessionId, out var session) || (_byClient.TryGetValue(address, out var holder) && IsOther(holder, session)))
            {
                return false;
            }

            session.Addresses.Add(address);
            _byClient[address] = session;
            _followers?.Invoke(session);
            return true;
        }
    }

    /// <summary>Takes an address from a session.</summary>
    /// <returns>False when it did not have it.</returns>
    internal bool Detach(ActiveSession session, ClientKey address)
    {
        lock (_writing)
        {
            if (!session.Addresses.Remove(address))
            {
                return false;
            }

            if (_byClient.TryGetValue(address, out var current) && !IsOther(current, session))
            {
                _byClient.TryRemove(address, out _);
            }

            _followers?.Invoke(session);
            return true;
        }
    }

    /// <summary>Takes a session out, and tells who waits for its end.</summary>
    internal void Remove(ActiveSession session)
    {
        lock (_writing)
        {
            // The newest version of it may not be the one at hand.
            if (!_byId.TryRemove(session.AcctSessionId, out var current))
            {
                return;
            }

            foreach (var held in current.Addresses.Held)
            {
                _byClient.TryRemove(KeyValuePair.Create(held, current));
            }

            if (current.CallingStationId is { } station)
            {
                _byStation.TryRemove(KeyValuePair.Create(station, current));
            }

            _followers?.Invoke(current);
            current.End.Signal();
        }
    }

    private static bool IsOther(ActiveSession one, ActiveSession other) => !string.Equals(one.AcctSessionId, other.AcctSessionId, StringComparison.Ordinal);
}
