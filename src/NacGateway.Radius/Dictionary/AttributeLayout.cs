using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Dictionary;

/// <summary>Where an attribute stands in a packet: plain, in a vendor's space, in an extended one, inside TLVs.</summary>
internal static class AttributeLayout
{
    private const int TlvHeaderLength = 2;
    private const int MaxTlvLength = 255 - TlvHeaderLength;

    /// <summary>Longest clear value that can be sent, hiding and tag taken off.</summary>
    public static int MaxLength(AttributeDefinition definition)
    {
        int longest = definition.Path[0] switch
        {
            VendorSpecificLayout.AttributeType when definition.Path.Count > 2 => VendorSpecificLayout.MaxValueLength,
            >= ExtendedAttributes.First and < ExtendedAttributes.FirstLong => 252,
            >= ExtendedAttributes.FirstLong and <= ExtendedAttributes.Last => 3900,
            _ => definition.Type == RadiusDataType.Concat ? 3900 : AttributeList.MaxValueLength,
        };
        int nested = definition.Path.Count - OuterNumbers(definition);
        longest = nested == 0 ? longest : Math.Min(longest, MaxTlvLength) - (nested * TlvHeaderLength);
        return definition.Encryption switch
        {
            AttributeEncryption.UserPassword => Crypto.UserPassword.MaxLength,
            AttributeEncryption.Salted => Crypto.SaltEncryption.MaxLength,
            _ => longest - (IsVendorInExtended(definition) ? 5 : 0) - (definition.HasTag ? 1 : 0),
        };
    }

    public static void Add(AttributeList attributes, AttributeDefinition definition, ReadOnlySpan<byte> value)
    {
        IReadOnlyList<uint> path = definition.Path;
        int outer = OuterNumbers(definition);
        byte[] wrapped = value.ToArray();
        for (int i = path.Count - 1; i >= outer; i--)
        {
            wrapped = [(byte)path[i], (byte)(wrapped.Length + TlvHeaderLength), .. wrapped];
        }

        if (path[0] == VendorSpecificLayout.AttributeType && outer == 3)
        {
            wrapped.CopyTo(VendorSpecificLayout.Reserve(attributes, path[1], (byte)path[2], wrapped.Length));
        }
        else if (IsVendorInExtended(definition))
        {
            attributes.AddExtendedVendor((byte)path[0], path[2], (byte)path[3], wrapped);
        }
        else if (outer == 2)
        {
            attributes.AddExtended((byte)path[0], (byte)path[1], wrapped);
        }
        else if (definition.Type == RadiusDataType.Concat)
        {
            attributes.AddConcat((byte)path[0], wrapped);
        }
        else
        {
            attributes.Add((byte)path[0], wrapped);
        }
    }

    /// <summary>How many numbers of the path are the attribute itself; those behind are TLVs.</summary>
    private static int OuterNumbers(AttributeDefinition definition) => definition.Path[0] switch
    {
        VendorSpecificLayout.AttributeType when definition.Path.Count > 2 => 3,
        >= ExtendedAttributes.First and <= ExtendedAttributes.Last when IsVendorInExtended(definition) => 4,
        >= ExtendedAttributes.First and <= ExtendedAttributes.Last when definition.Path.Count > 1 => 2,
        _ => 1,
    };

    private static bool IsVendorInExtended(AttributeDefinition definition) =>
        definition.Path is [>= ExtendedAttributes.First and <= ExtendedAttributes.Last, ExtendedAttributes.VendorSpecific, _, _, ..];
}
