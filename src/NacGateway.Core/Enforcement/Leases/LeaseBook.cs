using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>What the DHCP servers' files say now. Safe for concurrent use.</summary>
internal sealed class LeaseBook(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<ClientKey, WrittenLease>> _byFile = new(StringComparer.Ordinal);

    /// <summary>Whether a lease that has not ended names this device for the address.</summary>
    public bool Names(ClientKey address, MacAddress mac)
    {
        lock (_lock)
        {
            return _byFile.Values.Any(leases => leases.TryGetValue(address, out var lease) && lease.Mac == mac && IsValid(lease));
        }
    }

    /// <summary>Puts what a file says now in place of what it said.</summary>
    /// <returns>What is new in it, or renewed: only that is word of a device; the rest may be hours old.</returns>
    public IReadOnlyList<WrittenLease> Replace(string file, Dictionary<ClientKey, WrittenLease> leases)
    {
        lock (_lock)
        {
            var before = _byFile.GetValueOrDefault(file) ?? [];
            _byFile[file] = leases;
            return [.. leases.Values.Where(lease => lease.Mac is not null && IsValid(lease) && (!before.TryGetValue(lease.Address, out var known) || known != lease))];
        }
    }

    private bool IsValid(WrittenLease lease) => lease.Expires is not { } expires || expires > time.GetUtcNow();
}
