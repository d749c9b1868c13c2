using System.Buffers.Binary;
using System.Net.NetworkInformation;
using NacGateway.Core.Enforcement.Netlink;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Conntrack;

/// <summary>
/// The connections that the kernel tracks: those of a device whose session ended are forgotten, so that nothing of theirs goes on. Connections to
/// the gateway itself stay, for it is just answering them. For one thread at a time.
/// </summary>
internal sealed class ConntrackTable : IDisposable
{
    private const ushort Get = (1 << 8) | 1;
    private const ushort Delete = (1 << 8) | 2;
    private const int Original = 1;
    private const int Reply = 2;
    private const int Id = 12;
    private const int Zone = 18;
    private const int TupleAddresses = 1;
    private const int SourceIPv4 = 1;
    private const int SourceIPv6 = 3;
    private const int GenericHeader = 4;
    private const int NoSuchEntry = 2;

    private readonly NetlinkSocket _socket = NetlinkSocket.Open(NetlinkFamily.Netfilter);

    /// <summary>Forgets the connections that these addresses began through the gateway, and those that others began to them.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="EnforcementException">The kernel does not say, or does not forget.</exception>
    public int Cut(IReadOnlyCollection<ClientKey> addresses)
    {
        var meant = addresses.ToHashSet();
        var own = OwnAddresses();
        var cut = 0;
        foreach (var isIPv6 in new[] { false, true })
        {
            if (addresses.Any(address => address.Bits >> 32 == 0xffff != isIPv6))
            {
                cut += Cut(meant, own, isIPv6);
            }
        }

        return cut;
    }

    public void Dispose() => _socket.Dispose();

    private int Cut(HashSet<ClientKey> meant, HashSet<ClientKey> own, bool isIPv6)
    {
        List<(byte[] Tuple, byte[] Id, byte[] Zone)> found = [];
        var error = _socket.Ask(new NetlinkWriter(Get, NetlinkWriter.Dump).Fixed(Header(isIPv6)), message =>
        {
            var attributes = message.Attributes(GenericHeader);
            var tuple = attributes.Find(Original);
            var answers = Source(attributes.Find(Reply), isIPv6);
            if ((meant.Contains(Source(tuple, isIPv6)) || meant.Contains(answers)) && !own.Contains(answers))
            {
                found.Add((tuple.ToArray(), attributes.Find(Id).ToArray(), attributes.Find(Zone).ToArray()));
            }
        });
        Check(error, "listed");

        foreach (var (tuple, id, zone) in found)
        {
            var request = new NetlinkWriter(Delete, NetlinkWriter.Acknowledge).Fixed(Header(isIPv6)).Add(Original | NetlinkWriter.Nested, tuple);
            if (id.Length > 0)
            {
                request.Add(Id, id);
            }

            if (zone.Length > 0)
            {
                request.Add(Zone, zone);
            }

            // One that ended by itself meanwhile is as good as cut.
            error = _socket.Ask(request);
            Check(error == NoSuchEntry ? 0 : error, "ended");
        }

        return found.Count;
    }

    private static ClientKey Source(ReadOnlySpan<byte> tuple, bool isIPv6)
    {
        var addresses = new NetlinkAttributes(new NetlinkAttributes(tuple).Find(TupleAddresses));
        var octets = addresses.Find(isIPv6 ? SourceIPv6 : SourceIPv4);
        return octets.Length switch
        {
            4 => new ClientKey(((UInt128)0xffff << 32) | BinaryPrimitives.ReadUInt32BigEndian(octets)),
            16 => new ClientKey(BinaryPrimitives.ReadUInt128BigEndian(octets)),
            _ => default,
        };
    }

    /// <summary>struct nfgenmsg.</summary>
    private static byte[] Header(bool isIPv6) => [(byte)(isIPv6 ? 10 : 2), 0, 0, 0];

    private static HashSet<ClientKey> OwnAddresses() =>
        [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(link => link.GetIPProperties().UnicastAddresses).Select(address => ClientKey.From(address.Address))];

    private static void Check(int error, string what)
    {
        if (error != 0)
        {
            throw new EnforcementException($"Connections that run cannot be {what} (error {error} of the kernel): those of ended sessions are stopped by the rules alone. The kernel needs nf_conntrack_netlink (modprobe nf_conntrack_netlink).");
        }
    }
}
