using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Attributes;

/// <summary>Vendor-Specific attributes in the layout that RFC 2865 section 5.26 recommends, which all vendors of the dictionary use.</summary>
public static class VendorAttributes
{
    /// <summary>Longest value of one vendor attribute that stands alone in its Vendor-Specific, in octets.</summary>
    public const int MaxValueLength = VendorSpecificLayout.MaxValueLength;

    /// <summary>Appends one vendor attribute in a Vendor-Specific of its own.</summary>
    /// <param name="attributes">The list.</param>
    /// <param name="vendorId">Private enterprise number, see <see cref="VendorId"/>.</param>
    /// <param name="vendorType">The vendor's type.</param>
    /// <param name="value">0 to 247 octets; copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is longer, or the packet would exceed 4096 octets.</exception>
    public static void AddVendor(this AttributeList attributes, uint vendorId, byte vendorType, ReadOnlySpan<byte> value) =>
        value.CopyTo(attributes.ReserveVendor(vendorId, vendorType, value.Length));

    /// <summary>Appends a vendor attribute of a given length and returns the place for its value, zeroed.</summary>
    /// <param name="attributes">The list.</param>
    /// <param name="vendorId">Private enterprise number.</param>
    /// <param name="vendorType">The vendor's type.</param>
    /// <param name="length">0 to 247.</param>
    /// <returns>The value's octets inside the list; valid until its next change.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is over 247, or the packet would exceed 4096 octets.</exception>
    public static Span<byte> ReserveVendor(this AttributeList attributes, uint vendorId, byte vendorType, int length) =>
        VendorSpecificLayout.Reserve(attributes, vendorId, vendorType, length);

    /// <summary>Finds the first attribute of a vendor's type, also where several share one Vendor-Specific.</summary>
    /// <param name="attributes">The list.</param>
    /// <param name="vendorId">Private enterprise number.</param>
    /// <param name="vendorType">The vendor's type.</param>
    /// <param name="value">Its octets, aliasing the list; empty when there is none.</param>
    /// <returns>Whether there is one. A Vendor-Specific whose sub-attributes do not fill it exactly is passed over as a whole.</returns>
    public static bool TryGetVendor(this AttributeList attributes, uint vendorId, byte vendorType, out ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> encoded = attributes.Encoded;
        for (; !encoded.IsEmpty; encoded = encoded[encoded[1]..])
        {
            if (encoded[0] == RadiusAttributeType.VendorSpecific && VendorSpecificReader.TryRead(encoded[2..encoded[1]], out VendorSpecificReader reader) && reader.VendorId == vendorId)
            {
                foreach (TlvReader.Enumerator item in reader)
                {
                    if (item.Type == vendorType)
                    {
                        value = item.Value;
                        return true;
                    }
                }
            }
        }

        value = default;
        return false;
    }
}
