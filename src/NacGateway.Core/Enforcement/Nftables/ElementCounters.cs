using System.Buffers.Binary;
using System.Text;
using NacGateway.Core.Enforcement.Netlink;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>
/// Reads the counter of one element of our sets from the kernel itself. The library (1.0.6) fetches every element of every set to tell of one: with
/// a hundred thousand sessions that took two seconds for each that ended. It belongs to the network namespace of the thread that opens it. Safe for
/// concurrent use.
/// </summary>
internal sealed class ElementCounters : IDisposable
{
    // linux/netfilter/nf_tables.h
    private const ushort GetElement = (10 << 8) | 13;
    private const byte FamilyInet = 1;
    private const int GenericHeader = 4;
    private const int ListTable = 1;
    private const int ListSet = 2;
    private const int ListElements = 3;
    private const int ListElement = 1;
    private const int ElementKey = 1;
    private const int ElementExpression = 7;
    private const int DataValue = 1;
    private const int ExpressionData = 2;
    private const int CounterBytes = 1;

    /// <summary>A hardware address takes whole 32-bit words of a key.</summary>
    private const int MacOctets = 8;

    private readonly Lock _lock = new();
    private readonly NetlinkSocket _socket = NetlinkSocket.Open(NetlinkFamily.Netfilter);

    /// <summary>Octets that have passed by an element; null where there is no such element, or none that counts.</summary>
    /// <param name="set">Name of the set, whose key is the address alone or the pair of both.</param>
    /// <param name="mac">The hardware address; null where the key is the address alone.</param>
    /// <param name="address">The address.</param>
    public long? Read(string set, MacAddress? mac, ClientKey address)
    {
        Span<byte> key = stackalloc byte[MacOctets + 16];
        key = key[..Write(key, mac, address)];
        var value = key.ToArray();
        var request = new NetlinkWriter(GetElement, NetlinkWriter.Acknowledge)
            .Fixed([FamilyInet, 0, 0, 0])
            .Add(ListTable, Text(Names.Table))
            .Add(ListSet, Text(set))
            .Nest(ListElements, list => list.Nest(ListElement, element => element.Nest(ElementKey, data => data.Add(DataValue, value))));
        long? octets = null;
        lock (_lock)
        {
            // What the kernel has against it is that there is no such element, or set: nothing of theirs was counted.
            _ = _socket.Ask(request, message => octets = Octets(message));
        }

        return octets;
    }

    public void Dispose() => _socket.Dispose();

    private static int Write(Span<byte> key, MacAddress? mac, ClientKey address)
    {
        key.Clear();
        var length = 0;
        if (mac is { } hardware)
        {
            BinaryPrimitives.WriteUInt64BigEndian(key, hardware.Bits << 16);
            length = MacOctets;
        }

        if (address.Bits >> 32 == 0xffff)
        {
            BinaryPrimitives.WriteUInt32BigEndian(key[length..], (uint)address.Bits);
            return length + sizeof(uint);
        }

        BinaryPrimitives.WriteUInt128BigEndian(key[length..], address.Bits);
        return length + 16;
    }

    private static long? Octets(NetlinkMessage message)
    {
        var element = new NetlinkAttributes(new NetlinkAttributes(message.Attributes(GenericHeader).Find(ListElements)).Find(ListElement));
        var counter = new NetlinkAttributes(new NetlinkAttributes(element.Find(ElementExpression)).Find(ExpressionData));
        var octets = counter.Find(CounterBytes);
        return octets.Length == sizeof(long) ? BinaryPrimitives.ReadInt64BigEndian(octets) : null;
    }

    private static byte[] Text(string name) => Encoding.ASCII.GetBytes(name + '\0');
}
