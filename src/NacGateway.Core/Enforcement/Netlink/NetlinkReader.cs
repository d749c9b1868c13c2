using System.Runtime.InteropServices;

namespace NacGateway.Core.Enforcement.Netlink;

/// <summary>Walks the messages of one datagram. A length that does not fit ends the walk.</summary>
internal ref struct NetlinkReader(ReadOnlySpan<byte> rest)
{
    /// <summary>Octets of struct nlmsghdr.</summary>
    public const int Header = 16;

    private ReadOnlySpan<byte> _rest = rest;

    public bool Next(out NetlinkMessage message)
    {
        message = default;
        if (_rest.Length < Header)
        {
            return false;
        }

        var length = MemoryMarshal.Read<uint>(_rest);
        if (length < Header || length > _rest.Length)
        {
            return false;
        }

        message = new NetlinkMessage(MemoryMarshal.Read<ushort>(_rest[4..]), MemoryMarshal.Read<ushort>(_rest[6..]), MemoryMarshal.Read<uint>(_rest[8..]), _rest[Header..(int)length]);
        _rest = _rest[Math.Min(NetlinkAttributes.Aligned((int)length), _rest.Length)..];
        return true;
    }
}
