using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace NacGateway.Web.Gate.Interception;

/// <summary>Asks the kernel where an accepted connection was going before a rule (<c>redirect</c>, <c>dnat</c>) changed its destination.</summary>
internal static partial class SocketDestination
{
    private const int SolIp = 0;
    private const int SolIpV6 = 41;

    /// <summary>SO_ORIGINAL_DST of linux/netfilter_ipv4.h, and IP6T_SO_ORIGINAL_DST of netfilter_ipv6/ip6_tables.h.</summary>
    private const int OriginalDestination = 80;

    private const int FamilyIpV4 = 2;
    private const int FamilyIpV6 = 10;
    private const int LengthIpV4 = 16;
    private const int LengthIpV6 = 28;

    /// <param name="socket">An accepted connection.</param>
    /// <param name="family">That of the client: on a dual-stack socket an IPv4 client has an entry of IPv4.</param>
    /// <returns>Null where the kernel knows of none: no connection tracking, or an entry that is gone.</returns>
    public static IPEndPoint? Find(Socket socket, AddressFamily family)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // Not Socket.GetRawSocketOption: that there is no entry is the common case without such rules, and an exception for each connection would be dear.
        Span<byte> address = stackalloc byte[LengthIpV6];
        var length = address.Length;
        return GetSocketOption(socket.SafeHandle, family == AddressFamily.InterNetwork ? SolIp : SolIpV6, OriginalDestination, ref MemoryMarshal.GetReference(address), ref length) == 0
            ? Read(address[..Math.Clamp(length, 0, address.Length)])
            : null;
    }

    /// <summary>Reads a <c>sockaddr_in</c> or <c>sockaddr_in6</c>; null for what is neither.</summary>
    public static IPEndPoint? Read(ReadOnlySpan<byte> address)
    {
        // The family is in the machine's order of octets, the port in the network's.
        var family = address.Length < sizeof(ushort) ? 0 : MemoryMarshal.Read<ushort>(address);
        return family switch
        {
            FamilyIpV4 when address.Length >= LengthIpV4 => new IPEndPoint(new IPAddress(address.Slice(4, 4)), BinaryPrimitives.ReadUInt16BigEndian(address[2..])),
            FamilyIpV6 when address.Length >= LengthIpV6 => new IPEndPoint(
                new IPAddress(address.Slice(8, 16), MemoryMarshal.Read<uint>(address[24..])), BinaryPrimitives.ReadUInt16BigEndian(address[2..])),
            _ => null,
        };
    }

    [LibraryImport("libc", EntryPoint = "getsockopt")]
    private static partial int GetSocketOption(SafeSocketHandle socket, int level, int name, ref byte value, ref int length);
}
