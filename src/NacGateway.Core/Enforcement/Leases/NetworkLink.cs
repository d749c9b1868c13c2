using System.Runtime.InteropServices;
using System.Text;
using NacGateway.Core.Enforcement.Netlink;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>An interface of the machine, as a message tells of it.</summary>
/// <param name="Number">Its number; a new interface of the same name has another.</param>
/// <param name="Name">Its name.</param>
/// <param name="Exists">False when it is gone.</param>
internal readonly record struct NetworkLink(int Number, string Name, bool Exists)
{
    private const ushort New = 16;
    private const ushort Gone = 17;
    private const ushort Get = 18;
    private const int InterfaceName = 3;

    /// <summary>Octets of struct ifinfomsg.</summary>
    private const int Fixed = 16;

    public static bool TryRead(NetlinkMessage message, out NetworkLink link)
    {
        link = default;

        // AF_BRIDGE tells of a port that joins or leaves a bridge, which is neither the beginning nor the end of the interface.
        if (message.Type is not (New or Gone) || message.Payload.Length < Fixed || message.Payload[0] != 0)
        {
            return false;
        }

        var name = message.Attributes(Fixed).Find(InterfaceName);
        link = new NetworkLink(MemoryMarshal.Read<int>(message.Payload[4..]), Encoding.UTF8.GetString(name.TrimEnd((byte)0)), message.Type == New);
        return link.Name.Length > 0;
    }

    /// <summary>All interfaces.</summary>
    public static NetlinkWriter Dump()
    {
        Span<byte> part = stackalloc byte[Fixed];
        part.Clear();
        return new NetlinkWriter(Get, NetlinkWriter.Dump).Fixed(part);
    }
}
