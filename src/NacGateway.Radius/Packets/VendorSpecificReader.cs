using System.Buffers.Binary;

namespace NacGateway.Radius.Packets;

/// <summary>Reads the value of one Vendor-Specific attribute with its sub-attributes (RFC 2865 section 5.26). No allocation, no copy.</summary>
/// <remarks>
/// <code>
/// |  Vendor-Id (4)  |  Vendor type  |  Vendor length  |  value ...  |  Vendor type  |  ...
/// </code>
/// </remarks>
public readonly ref struct VendorSpecificReader
{
    private const int VendorIdLength = 4;
    private readonly TlvReader _attributes;

    private VendorSpecificReader(uint vendorId, TlvReader attributes)
    {
        VendorId = vendorId;
        _attributes = attributes;
    }

    /// <summary>Private enterprise number.</summary>
    public uint VendorId { get; }

    /// <summary>Checks the layout.</summary>
    /// <param name="value">The attribute's value; aliased by the reader.</param>
    /// <param name="reader">The reader; default when the layout is wrong.</param>
    /// <returns>
    /// False when there is no Vendor-Id or the sub-attributes do not fill the value exactly; some vendors use another layout, and such a
    /// value is opaque.
    /// </returns>
    public static bool TryRead(ReadOnlySpan<byte> value, out VendorSpecificReader reader)
    {
        if (value.Length < VendorIdLength || !TlvReader.TryRead(value[VendorIdLength..], out TlvReader attributes))
        {
            reader = default;
            return false;
        }

        reader = new VendorSpecificReader(BinaryPrimitives.ReadUInt32BigEndian(value), attributes);
        return true;
    }

    /// <summary>Walks the sub-attributes in wire order.</summary>
    public TlvReader.Enumerator GetEnumerator() => _attributes.GetEnumerator();
}
