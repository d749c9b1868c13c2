using System.Net;
using System.Runtime.InteropServices;
using NacGateway.Core.Enforcement.Netlink;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>One entry of the kernel's neighbour table, as a message tells of it.</summary>
/// <param name="Link">Number of the interface.</param>
/// <param name="Address">The address.</param>
/// <param name="Mac">Who answered for it; null for nobody.</param>
/// <param name="IsConfirmed">Whether the device has just been heard to answer for it (or the entry was set by hand), rather than some time ago.</param>
internal readonly record struct Neighbour(int Link, ClientKey Address, MacAddress? Mac, bool IsConfirmed)
{
    public const ushort New = 28;
    public const ushort Gone = 29;
    public const ushort Get = 30;

    /// <summary>AF_INET and AF_INET6; the forwarding table of a bridge comes by the same news, and is none of ours.</summary>
    public const byte Version4 = 2;
    public const byte Version6 = 10;

    /// <summary>NDA_DST and NDA_LLADDR.</summary>
    public const int Destination = 1;
    private const int LinkAddress = 2;

    /// <summary>Octets of struct ndmsg.</summary>
    public const int Fixed = 12;

    // NUD_* and NTF_* of linux/neighbour.h.
    private const ushort Reachable = 0x02;
    private const ushort Stale = 0x04;
    private const ushort Delay = 0x08;
    private const ushort Probe = 0x10;
    private const ushort Permanent = 0x80;
    private const byte Proxy = 0x08;

    /// <summary>Reads a message about a neighbour.</summary>
    /// <returns>False when it tells of no device: another family, a group's address, an entry by which the gateway answers for others.</returns>
    public static bool TryRead(NetlinkMessage message, out Neighbour neighbour)
    {
        neighbour = default;
        if (message.Type is not (New or Gone) || message.Payload.Length < Fixed || message.Payload[0] is not (Version4 or Version6) || (message.Payload[10] & Proxy) != 0)
        {
            return false;
        }

        var attributes = message.Attributes(Fixed);
        var address = attributes.Find(Destination);
        if (address.Length != (message.Payload[0] == Version4 ? 4 : 16) || IsGroup(address))
        {
            return false;
        }

        var state = MemoryMarshal.Read<ushort>(message.Payload[8..]);
        var mac = attributes.Find(LinkAddress);
        neighbour = new Neighbour(
            MemoryMarshal.Read<int>(message.Payload[4..]),
            ClientKey.From(new IPAddress(address)),
            message.Type == New && mac.Length == 6 && (state & (Reachable | Stale | Delay | Probe | Permanent)) != 0 ? MacAddress.From(mac) : null,
            (state & (Reachable | Permanent)) != 0);
        return true;
    }

    /// <summary>A question about one address behind an interface.</summary>
    public static NetlinkWriter Question(int link, IPAddress address)
    {
        var octets = address.GetAddressBytes();
        Span<byte> part = stackalloc byte[Fixed];
        part.Clear();
        part[0] = octets.Length == 4 ? Version4 : Version6;
        MemoryMarshal.Write(part[4..], link);

        // Acknowledged, so that the answer has an end.
        return new NetlinkWriter(Get, NetlinkWriter.Acknowledge).Fixed(part).Add(Destination, octets);
    }

    /// <summary>The whole table of a family.</summary>
    public static NetlinkWriter Dump(byte family)
    {
        Span<byte> part = stackalloc byte[Fixed];
        part.Clear();
        part[0] = family;
        return new NetlinkWriter(Get, NetlinkWriter.Dump).Fixed(part);
    }

    private static bool IsGroup(ReadOnlySpan<byte> address) => address.Length == 4 ? address[0] >= 224 : address[0] == 0xff;
}
