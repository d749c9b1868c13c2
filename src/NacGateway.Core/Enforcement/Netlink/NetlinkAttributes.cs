using System.Runtime.InteropServices;

namespace NacGateway.Core.Enforcement.Netlink;

/// <summary>Walks the attributes of a message (struct nlattr). A length that does not fit ends the walk.</summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> rest)
{
    private const int Header = 4;

    /// <summary>Without the bits that say nested and byte order.</summary>
    private const int TypeMask = 0x3fff;

    private ReadOnlySpan<byte> _rest = rest;

    public static int Aligned(int length) => (length + 3) & ~3;

    public bool Next(out int type, out ReadOnlySpan<byte> value)
    {
        type = 0;
        value = default;
        if (_rest.Length < Header)
        {
            return false;
        }

        int length = MemoryMarshal.Read<ushort>(_rest);
        if (length < Header || length > _rest.Length)
        {
            return false;
        }

        type = MemoryMarshal.Read<ushort>(_rest[2..]) & TypeMask;
        value = _rest[Header..length];
        _rest = _rest[Math.Min(Aligned(length), _rest.Length)..];
        return true;
    }

    /// <summary>The value of the first attribute of a type; empty when there is none.</summary>
    public readonly ReadOnlySpan<byte> Find(int type)
    {
        var walk = this;
        while (walk.Next(out var found, out var value))
        {
            if (found == type)
            {
                return value;
            }
        }

        return default;
    }
}
