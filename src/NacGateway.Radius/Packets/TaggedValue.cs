using System.Buffers.Binary;

namespace NacGateway.Radius.Packets;

/// <summary>
/// The tag that groups the attributes of one tunnel (RFC 2868 section 3): a first octet of 1 to 31, 0 for none. It is part of the value
/// of a text, and takes the place of the highest octet of an integer. Stateless.
/// </summary>
public static class TaggedValue
{
    /// <summary>Largest tag.</summary>
    public const byte MaxTag = 0x1F;

    private const uint MaxInteger = 0x00FFFFFF;

    /// <summary>Reads a tagged integer (RFC 2868 sections 3.1, 3.2, 3.8).</summary>
    /// <param name="value">Exactly 4 octets.</param>
    /// <param name="tag">0 to 31; a larger octet means no tag and is read as 0.</param>
    /// <param name="number">24 bits.</param>
    /// <returns>Whether the size is right.</returns>
    public static bool TryReadInteger(ReadOnlySpan<byte> value, out byte tag, out uint number)
    {
        tag = 0;
        if (!AttributeValue.TryReadInteger(value, out number))
        {
            return false;
        }

        tag = value[0] <= MaxTag ? value[0] : (byte)0;
        number &= MaxInteger;
        return true;
    }

    /// <summary>Writes a tagged integer.</summary>
    /// <param name="destination">At least 4 octets.</param>
    /// <param name="tag">0 to 31.</param>
    /// <param name="number">0 to 16777215.</param>
    /// <returns>4.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Tag or number is larger.</exception>
    public static int WriteInteger(Span<byte> destination, byte tag, uint number)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tag, MaxTag);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, MaxInteger);
        BinaryPrimitives.WriteUInt32BigEndian(destination, ((uint)tag << 24) | number);
        return sizeof(uint);
    }

    /// <summary>Splits a tagged text or string (RFC 2868 sections 3.3, 3.6, 3.7): a first octet above 31 belongs to the text.</summary>
    /// <param name="value">The attribute's value.</param>
    /// <param name="tag">0 to 31.</param>
    /// <param name="text">What follows the tag, aliasing the value.</param>
    public static void Split(ReadOnlySpan<byte> value, out byte tag, out ReadOnlySpan<byte> text)
    {
        bool isTagged = !value.IsEmpty && value[0] <= MaxTag;
        tag = isTagged ? value[0] : (byte)0;
        text = isTagged ? value[1..] : value;
    }
}
