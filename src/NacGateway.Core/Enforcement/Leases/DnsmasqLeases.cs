using System.Net;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>
/// Reads dnsmasq's file: <c>expiry MAC address name client-id</c> for IPv4; behind a line <c>duid</c> for IPv6 <c>expiry IAID address name DUID</c>.
/// An expiry of 0 is none.
/// </summary>
internal static class DnsmasqLeases
{
    private const int Columns = 5;

    public static bool TryRead(string line, out WrittenLease lease)
    {
        lease = default;
        var columns = line.Split(' ', Columns + 1);
        if (columns.Length != Columns || !LeaseText.TryReadInstant(columns[0], out var expires) || !IPAddress.TryParse(columns[2], out var address))
        {
            return false;
        }

        DateTimeOffset? ends = expires == DateTimeOffset.UnixEpoch ? null : expires;
        if (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            lease = new WrittenLease(ClientKey.From(address), Duid.MacOf(columns[4]), ends, IsGuess: true);
            return true;
        }

        // Other kinds of hardware stand with their number in front, as 06-aa:bb...
        if (!MacAddress.TryParse(columns[1], out var mac) || columns[1].Length != 17)
        {
            return false;
        }

        lease = new WrittenLease(ClientKey.From(address), mac, ends);
        return true;
    }
}
