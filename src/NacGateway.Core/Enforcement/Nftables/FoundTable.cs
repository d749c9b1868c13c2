using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>Our table as it is found in the kernel: of an earlier run, or after somebody else has been at it.</summary>
internal sealed class FoundTable
{
    private static readonly string[] s_sets = ["open4", "open6", "bound4", "bound6", "up4", "up6", "down4", "down6"];

    private readonly Dictionary<(string Set, MacAddress Mac, ClientKey Address), KernelElement> _elements = [];
    private readonly HashSet<(string Set, MacAddress Mac, ClientKey Address)> _taken = [];

    private FoundTable()
    {
    }

    public bool Exists { get; private init; }

    public List<string> Chains { get; private init; } = [];

    public List<string> Limits { get; private init; } = [];

    public List<string> Maps { get; private init; } = [];

    public static FoundTable Read(NftContext nft)
    {
        var listed = nft.ListWithoutElements(NftOutput.Json);
        if (!listed.IsDone || !KernelSets.HasTable(listed.Output))
        {
            return new FoundTable();
        }

        var found = new FoundTable
        {
            Exists = true,
            Chains = KernelSets.ReadNames(listed.Output, "chain"),
            Limits = KernelSets.ReadNames(listed.Output, "limit"),
            Maps = KernelSets.ReadNames(listed.Output, "map"),
        };
        foreach (var set in KernelSets.ReadNames(listed.Output, "set").Where(s_sets.Contains))
        {
            foreach (var element in KernelSets.ReadElements(nft.Run($"list set inet nacgateway {set}", NftOutput.Json | NftOutput.Numeric).Output))
            {
                found._elements[(set, element.Mac, element.Address)] = element;
            }
        }

        return found;
    }

    /// <summary>The pairs that are let through, and whether in bounds.</summary>
    public IEnumerable<(EnforcedLease Lease, bool IsBounded)> Leases =>
        _elements.Keys.Where(key => key.Set[0] is 'o' or 'b').Select(key => (new EnforcedLease(key.Mac, key.Address), key.Set[0] == 'b'));

    /// <summary>What the counters of a lease stand at, in whichever set they are.</summary>
    public (long Input, long Output) OctetsOf(EnforcedLease lease)
    {
        if (_elements.Count == 0)
        {
            return default;
        }

        var open = _elements.GetValueOrDefault(($"open{lease.Family}", lease.Mac, lease.Address)).Octets;
        var up = _elements.GetValueOrDefault(($"up{lease.Family}", default, lease.Address)).Octets;
        var down = _elements.GetValueOrDefault(($"down{lease.Family}", default, lease.Address)).Octets;
        return (Math.Max(open, up), down);
    }

    /// <summary>Whether a lease is let through already, as it should be, and by nothing else; then those elements stay.</summary>
    public bool Take(EnforcedSession session, EnforcedLease lease, TimeSpan now)
    {
        if (_elements.Count == 0)
        {
            return false;
        }

        foreach (var key in KeysOf(session, lease))
        {
            if (!_elements.TryGetValue(key, out var element) || !EnforcedSession.IsNear(session.ClosesAt, element.Remaining is { } left ? now + left : null))
            {
                return false;
            }
        }

        _taken.UnionWith(KeysOf(session, lease));
        return true;
    }

    /// <summary>Whether there is nothing that is not as it should be.</summary>
    public bool IsAllTaken => _taken.Count == _elements.Count;

    /// <summary>Takes out what there is of an address, so that it can come as it should.</summary>
    public void Clear(ElementBatch batch, EnforcedLease lease, bool afresh)
    {
        if (_elements.Count == 0)
        {
            return;
        }

        foreach (var key in ((string, MacAddress, ClientKey)[])[($"open{lease.Family}", lease.Mac, lease.Address), ($"bound{lease.Family}", lease.Mac, lease.Address), ($"up{lease.Family}", default, lease.Address), ($"down{lease.Family}", default, lease.Address)])
        {
            if (_elements.ContainsKey(key) && _taken.Add(key) && !afresh)
            {
                Remove(batch, key);
            }
        }
    }

    /// <summary>Takes out what nobody has a right to.</summary>
    public void ClearRest(ElementBatch batch)
    {
        foreach (var key in _elements.Keys.Where(key => !_taken.Contains(key)))
        {
            Remove(batch, key);
        }
    }

    /// <summary>Forgets what was decided, for another try.</summary>
    public void Restore() => _taken.Clear();

    private static void Remove(ElementBatch batch, (string Set, MacAddress Mac, ClientKey Address) key) =>
        batch.Remove(key.Set, key.Set[0] is 'o' or 'b' ? $"{key.Mac.ToLinkText()} . {key.Address}" : key.Address.ToString());

    private static IEnumerable<(string Set, MacAddress Mac, ClientKey Address)> KeysOf(EnforcedSession session, EnforcedLease lease)
    {
        yield return ($"{(session.IsBounded ? "bound" : "open")}{lease.Family}", lease.Mac, lease.Address);
        yield return ($"down{lease.Family}", default, lease.Address);
        if (session.IsBounded)
        {
            yield return ($"up{lease.Family}", default, lease.Address);
        }
    }
}
