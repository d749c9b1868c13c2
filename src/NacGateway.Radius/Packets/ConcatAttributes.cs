namespace NacGateway.Radius.Packets;

/// <summary>The concat type: octets cut into as many attributes of one type as they need (RFC 8044 section 3.6, EAP-Message of RFC 3579 section 3.1).</summary>
public static class ConcatAttributes
{
    /// <summary>Appends octets, split at 253.</summary>
    /// <param name="attributes">The list.</param>
    /// <param name="type">Attribute type.</param>
    /// <param name="value">Any number of octets that fits the packet; nothing is added for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The packet would exceed 4096 octets.</exception>
    public static void AddConcat(this AttributeList attributes, byte type, ReadOnlySpan<byte> value)
    {
        for (; !value.IsEmpty; value = value[Math.Min(value.Length, AttributeList.MaxValueLength)..])
        {
            attributes.Add(type, value[..Math.Min(value.Length, AttributeList.MaxValueLength)]);
        }
    }

    /// <summary>Joins all attributes of one type in packet order.</summary>
    /// <param name="attributes">The list.</param>
    /// <param name="type">Attribute type.</param>
    /// <returns>The octets, a copy; empty when there is none.</returns>
    public static byte[] ReadConcat(this AttributeList attributes, byte type)
    {
        int length = 0;
        foreach (RadiusAttribute attribute in attributes)
        {
            length += attribute.Type == type ? attribute.Value.Length : 0;
        }

        byte[] joined = new byte[length];
        int offset = 0;
        foreach (RadiusAttribute attribute in attributes)
        {
            if (attribute.Type == type)
            {
                attribute.Value.Span.CopyTo(joined.AsSpan(offset));
                offset += attribute.Value.Length;
            }
        }

        return joined;
    }
}
