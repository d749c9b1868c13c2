using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>
/// Where counting begins when the table is made anew. The kernel's counters hold the whole of a session, so after a crash they know what passed
/// while nobody looked; and after a flush they are told what the session knows.
/// </summary>
internal sealed class CounterStart(CounterBook book, SessionTable sessions)
{
    private readonly List<(ClientKey Address, string Id, (long Input, long Output) Octets)> _starts = [];
    private readonly List<(string Id, long Input, long Output)> _passed = [];
    private readonly Dictionary<ClientKey, (long Input, long Output)> _octets = [];

    /// <summary>Decides where the counters of a session's leases begin.</summary>
    public void Begin(EnforcedSession session, FoundTable found)
    {
        if (!sessions.TryFind(session.AcctSessionId, out var active))
        {
            return;
        }

        var (input, output) = active.Traffic.Octets;
        var counted = (Input: 0L, Output: 0L);
        foreach (var lease in session.Leases)
        {
            var (up, down) = found.OctetsOf(lease);
            counted = (counted.Input + up, counted.Output + down);
        }

        if (counted.Input > input || counted.Output > output)
        {
            _passed.Add((session.AcctSessionId, Math.Max(0, counted.Input - input), Math.Max(0, counted.Output - output)));
        }

        // What the kernel does not know of goes to the first one.
        var missing = (Input: Math.Max(0, input - counted.Input), Output: Math.Max(0, output - counted.Output));
        foreach (var lease in session.Leases)
        {
            var (up, down) = found.OctetsOf(lease);
            var start = counted == default ? missing : (up, down);
            if (start != default)
            {
                _octets[lease.Address] = start;
            }

            _starts.Add((lease.Address, session.AcctSessionId, start));
            missing = default;
        }
    }

    public (long Input, long Output) Of(EnforcedLease lease) => _octets.GetValueOrDefault(lease.Address);

    /// <summary>Once the kernel has taken it.</summary>
    public void Finish()
    {
        book.Clear();
        foreach (var (address, id, octets) in _starts)
        {
            book.Begin(address, id, octets);
        }

        foreach (var (id, input, output) in _passed)
        {
            if (sessions.TryFind(id, out var session))
            {
                session.Traffic.Add(input, output, session.Traffic.LastActivity);
            }
        }
    }
}
