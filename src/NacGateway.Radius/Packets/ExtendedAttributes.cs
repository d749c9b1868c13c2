using System.Buffers.Binary;

namespace NacGateway.Radius.Packets;

/// <summary>
/// The extended attributes 241 to 244 and the long extended ones 245 and 246 (RFC 6929 sections 2.1, 2.2), with the vendor space inside
/// them (section 2.4).
/// </summary>
/// <remarks>
/// <code>
/// extended:       |  Type  |  Length  |  Extended-Type  |  value ...
/// long extended:  |  Type  |  Length  |  Extended-Type  |M| reserved (7) |  value ...
/// vendor:         value = |  Vendor-Id (4)  |  Vendor-Type  |  value ...        of the first fragment only
/// </code>
/// </remarks>
public static class ExtendedAttributes
{
    /// <summary>First extended type.</summary>
    public const byte First = 241;

    /// <summary>First long extended type.</summary>
    public const byte FirstLong = 245;

    /// <summary>Last long extended type.</summary>
    public const byte Last = 246;

    /// <summary>Extended-Type of the vendor space.</summary>
    public const byte VendorSpecific = 26;

    private const int VendorHeaderLength = 5;
    private const byte MoreFlag = 0x80;
    private const int FullLength = AttributeList.MaxValueLength;

    /// <summary>Appends an extended attribute; a long extended one takes as many adjacent fragments as it needs.</summary>
    /// <param name="attributes">The list.</param>
    /// <param name="type">241 to 246.</param>
    /// <param name="extendedType">Extended type.</param>
    /// <param name="value">1 to 252 octets for 241 to 244; for 245 and 246 what fits the packet. Copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is no extended one, or the value is empty or does not fit.</exception>
    public static void AddExtended(this AttributeList attributes, byte type, byte extendedType, ReadOnlySpan<byte> value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(type, First);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(type, Last);
        ArgumentOutOfRangeException.ThrowIfZero(value.Length, nameof(value));
        int header = HeaderLength(type);
        if (header + value.Length > FullLength && type < FirstLong)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value.Length, $"Attribute {type} cannot be fragmented and takes at most 252 octets.");
        }

        int fragments = (value.Length + FullLength - header - 1) / (FullLength - header);
        if (attributes.Encoded.Length + value.Length + (fragments * (header + 2)) > AttributeList.MaxEncodedLength)
        {
            // Checked first: half a chain of fragments in the list would be worse than none.
            throw new ArgumentOutOfRangeException(nameof(value), value.Length, "The attribute does not fit the packet.");
        }

        while (!value.IsEmpty)
        {
            int part = Math.Min(value.Length, FullLength - header);
            Span<byte> place = attributes.Reserve(type, header + part);
            place[0] = extendedType;
            if (header == 2)
            {
                place[1] = part < value.Length ? MoreFlag : (byte)0;
            }

            value[..part].CopyTo(place[header..]);
            value = value[part..];
        }
    }

    /// <summary>Appends a vendor attribute inside an extended one (RFC 6929 section 2.4).</summary>
    /// <param name="attributes">The list.</param>
    /// <param name="type">241 to 246.</param>
    /// <param name="vendorId">Private enterprise number.</param>
    /// <param name="vendorType">The vendor's type.</param>
    /// <param name="value">1 to 247 octets for 241 to 244; for 245 and 246 what fits the packet. Copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is no extended one, or the value is empty or does not fit.</exception>
    public static void AddExtendedVendor(this AttributeList attributes, byte type, uint vendorId, byte vendorType, ReadOnlySpan<byte> value)
    {
        ArgumentOutOfRangeException.ThrowIfZero(value.Length, nameof(value));
        byte[] octets = new byte[VendorHeaderLength + value.Length];
        BinaryPrimitives.WriteUInt32BigEndian(octets, vendorId);
        octets[VendorHeaderLength - 1] = vendorType;
        value.CopyTo(octets.AsSpan(VendorHeaderLength));
        attributes.AddExtended(type, VendorSpecific, octets);
    }

    /// <summary>
    /// All extended attributes in the order of their first fragments, joined. Fragments need not be adjacent. One that is too short, has
    /// More set on a fragment that is not full, or whose last fragment is missing, is an invalid attribute and left out.
    /// </summary>
    /// <param name="attributes">The list.</param>
    /// <returns>The attributes; empty when there is none.</returns>
    public static IReadOnlyList<ExtendedAttribute> ReadExtended(this AttributeList attributes)
    {
        var found = new List<ExtendedAttribute>();
        var open = new Dictionary<(byte Type, byte ExtendedType), (int Position, List<ReadOnlyMemory<byte>> Parts)>();
        var broken = new HashSet<int>();
        foreach (RadiusAttribute attribute in attributes)
        {
            if (attribute.Type is < First or > Last || attribute.Value.Length <= HeaderLength(attribute.Type))
            {
                continue;
            }

            ReadOnlySpan<byte> value = attribute.Value.Span;
            (byte Type, byte ExtendedType) key = (attribute.Type, value[0]);
            bool more = attribute.Type >= FirstLong && (value[1] & MoreFlag) != 0;
            if (!open.Remove(key, out (int Position, List<ReadOnlyMemory<byte>> Parts) chain))
            {
                chain = (found.Count, []);
                found.Add(new ExtendedAttribute(attribute.Type, value[0], default));
            }

            chain.Parts.Add(attribute.Value[HeaderLength(attribute.Type)..]);
            if (more && value.Length != FullLength)
            {
                broken.Add(chain.Position);
            }

            if (more)
            {
                open.Add(key, chain);
            }
            else
            {
                found[chain.Position] = found[chain.Position] with { Value = Join(chain.Parts) };
            }
        }

        broken.UnionWith(open.Values.Select(chain => chain.Position));
        return broken.Count == 0 ? found : [.. found.Where((_, position) => !broken.Contains(position))];
    }

    /// <summary>Finds the first extended attribute of a type.</summary>
    /// <param name="attributes">The list.</param>
    /// <param name="type">241 to 246.</param>
    /// <param name="extendedType">Extended type.</param>
    /// <param name="value">Its octets, fragments joined; empty when there is none.</param>
    /// <returns>Whether there is a valid one.</returns>
    public static bool TryGetExtended(this AttributeList attributes, byte type, byte extendedType, out ReadOnlyMemory<byte> value)
    {
        foreach (ExtendedAttribute attribute in attributes.ReadExtended())
        {
            if (attribute.Type == type && attribute.ExtendedType == extendedType)
            {
                value = attribute.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Splits the value of a vendor attribute inside an extended one (RFC 6929 section 2.4).</summary>
    /// <param name="value">The value of Extended-Type 26, fragments joined.</param>
    /// <param name="vendorId">Private enterprise number.</param>
    /// <param name="vendorType">The vendor's type.</param>
    /// <param name="vendorValue">What follows, aliasing the value; at least one octet.</param>
    /// <returns>False when the value is shorter than 6 octets.</returns>
    public static bool TrySplitVendor(ReadOnlyMemory<byte> value, out uint vendorId, out byte vendorType, out ReadOnlyMemory<byte> vendorValue)
    {
        bool isLongEnough = value.Length > VendorHeaderLength;
        vendorId = isLongEnough ? BinaryPrimitives.ReadUInt32BigEndian(value.Span) : 0;
        vendorType = isLongEnough ? value.Span[VendorHeaderLength - 1] : (byte)0;
        vendorValue = isLongEnough ? value[VendorHeaderLength..] : default;
        return isLongEnough;
    }

    private static int HeaderLength(byte type) => type >= FirstLong ? 2 : 1;

    private static ReadOnlyMemory<byte> Join(List<ReadOnlyMemory<byte>> parts)
    {
        if (parts.Count == 1)
        {
            return parts[0];
        }

        byte[] joined = new byte[parts.Sum(part => part.Length)];
        int offset = 0;
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            part.CopyTo(joined.AsMemory(offset));
            offset += part.Length;
        }

        return joined;
    }
}
