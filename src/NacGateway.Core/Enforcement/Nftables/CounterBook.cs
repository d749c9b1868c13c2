using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>
/// Brings the kernel's octets to the sessions. A counter that stands lower than before began anew; so what is brought never shrinks, whatever
/// becomes of the rules.
/// </summary>
internal sealed class CounterBook(NftContext nft, SessionTable sessions, TimeProvider time)
{
    /// <summary>So many leases are asked for one by one; of more, whole sets are read.</summary>
    private const int MostSingle = 256;

    private readonly Dictionary<ClientKey, Counted> _byAddress = [];

    /// <summary>Begins to count an address.</summary>
    public void Begin(ClientKey address, string acctSessionId, (long Input, long Output) octets) =>
        _byAddress[address] = new Counted(acctSessionId, octets.Input, octets.Output);

    public void Forget(ClientKey address) => _byAddress.Remove(address);

    public void Clear() => _byAddress.Clear();

    /// <summary>Reads the counters of some sessions, before they end or change.</summary>
    public void Read(IReadOnlyCollection<EnforcedSession> some)
    {
        var leases = some.Sum(session => session.Leases.Length);
        if (leases > MostSingle)
        {
            ReadAll(some);
            return;
        }

        foreach (var session in some)
        {
            foreach (var lease in session.Leases)
            {
                TakeOne(lease.Address, nft.OctetsOf($"{(session.IsBounded ? "up" : "open")}{lease.Family}", session.IsBounded ? null : lease.Mac, lease.Address), isInput: true);
                TakeOne(lease.Address, nft.OctetsOf($"down{lease.Family}", null, lease.Address), isInput: false);
            }
        }
    }

    /// <summary>Reads all sets in which any of these sessions is.</summary>
    public void ReadAll(IEnumerable<EnforcedSession> all)
    {
        var sets = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var session in all)
        {
            foreach (var lease in session.Leases)
            {
                sets.Add($"{(session.IsBounded ? "up" : "open")}{lease.Family}");
                sets.Add($"down{lease.Family}");
            }

            if (sets.Count == 6)
            {
                break;
            }
        }

        foreach (var set in sets)
        {
            Take(nft.Run($"list set inet nacgateway {set}", NftOutput.Json | NftOutput.Numeric), isInput: set[0] != 'd');
        }
    }

    private void TakeOne(ClientKey address, long? octets, bool isInput)
    {
        // An element that is not there has nothing to tell; the next look at the table says what became of it.
        if (octets is { } counted)
        {
            Take(address, counted, isInput, time.GetTimestamp());
        }
    }

    private void Take(NftAnswer answer, bool isInput)
    {
        if (answer.IsDone)
        {
            var now = time.GetTimestamp();
            foreach (var element in KernelSets.ReadElements(answer.Output))
            {
                Take(element.Address, element.Octets, isInput, now);
            }
        }
    }

    private void Take(ClientKey address, long octets, bool isInput, long now)
    {
        if (!_byAddress.TryGetValue(address, out var counted) || !sessions.TryFind(counted.AcctSessionId, out var session))
        {
            return;
        }

        var before = isInput ? counted.Input : counted.Output;
        var passed = octets >= before ? octets - before : octets;
        (counted.Input, counted.Output) = isInput ? (octets, counted.Output) : (counted.Input, octets);
        if (passed > 0)
        {
            session.Traffic.Add(isInput ? passed : 0, isInput ? 0 : passed, now);
        }
    }
}
