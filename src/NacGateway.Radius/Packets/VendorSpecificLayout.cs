using System.Buffers.Binary;

namespace NacGateway.Radius.Packets;

/// <summary>Writes the layout that RFC 2865 section 5.26 recommends; <see cref="VendorSpecificReader"/> draws it.</summary>
internal static class VendorSpecificLayout
{
    public const byte AttributeType = 26;
    public const int MaxValueLength = AttributeList.MaxValueLength - VendorIdLength - 2;

    private const int VendorIdLength = 4;

    public static Span<byte> Reserve(AttributeList attributes, uint vendorId, byte vendorType, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxValueLength);
        Span<byte> place = attributes.Reserve(AttributeType, VendorIdLength + 2 + length);
        BinaryPrimitives.WriteUInt32BigEndian(place, vendorId);
        place[VendorIdLength] = vendorType;
        place[VendorIdLength + 1] = (byte)(length + 2);
        return place[(VendorIdLength + 2)..];
    }
}
