using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>Reads what a DHCP server's file says now. Lines that are none of its leases are passed over: names in them come from devices.</summary>
internal static class LeaseFileReader
{
    /// <summary>The files that together say it, in the order in which they replace each other. Kea's clean-up writes to others meanwhile.</summary>
    public static IEnumerable<string> Parts(LeaseFileOptions file) => file.Format switch
    {
        LeaseFileFormat.Kea when File.Exists(file.Path + ".completed") => [file.Path + ".completed", file.Path],
        LeaseFileFormat.Kea => [file.Path + ".2", file.Path + ".1", file.Path],
        _ => [file.Path],
    };

    /// <summary>The leases by address.</summary>
    /// <exception cref="IOException">The file cannot be read; nor can it when it is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">The gateway may not read it.</exception>
    public static Dictionary<ClientKey, WrittenLease> Read(LeaseFileOptions file)
    {
        Dictionary<ClientKey, WrittenLease> leases = [];
        foreach (var part in Parts(file))
        {
            if (!string.Equals(part, file.Path, StringComparison.Ordinal) && !File.Exists(part))
            {
                continue;
            }

            var kea = new KeaLeases();
            foreach (var line in LeaseText.Lines(part))
            {
                var isLease = file.Format == LeaseFileFormat.Kea ? kea.TryRead(line, out var lease) : DnsmasqLeases.TryRead(line, out lease);
                if (isLease && (leases.Count < LeaseTable.MostLeases || leases.ContainsKey(lease.Address)))
                {
                    leases[lease.Address] = lease;
                }
            }
        }

        return leases;
    }
}
