using System.Buffers.Binary;
using System.Globalization;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Decoding;

/// <summary>Why octets are no packet, and where.</summary>
/// <param name="Reason">The rule that is broken.</param>
/// <param name="Offset">Octet, counted from 0, that breaks it.</param>
/// <param name="Explanation">The same in words.</param>
internal sealed record PacketFault(PacketError Reason, int Offset, string Explanation)
{
    private const int LengthOffset = 2;

    /// <summary>Finds the place of an error that the reader has found.</summary>
    public static PacketFault Locate(ReadOnlySpan<byte> octets, PacketError error)
    {
        var length = octets.Length < RadiusPacket.HeaderLength ? 0 : BinaryPrimitives.ReadUInt16BigEndian(octets[LengthOffset..]);
        switch (error)
        {
            case PacketError.HeaderTruncated:
                return new PacketFault(error, octets.Length, Text($"the header takes {RadiusPacket.HeaderLength} octets, and there are {octets.Length} in all"));
            case PacketError.LengthOutOfRange:
                return new PacketFault(error, LengthOffset, Text($"the Length field says {length}, and a packet has {RadiusPacket.HeaderLength} to {RadiusPacket.MaxLength} octets"));
            case PacketError.Truncated:
                return new PacketFault(error, octets.Length, Text($"the Length field says {length}, and there are {octets.Length} octets"));
            default:
                break;
        }

        var offset = RadiusPacket.HeaderLength;
        while (length - offset >= 2 && octets[offset + 1] >= 2 && octets[offset + 1] <= length - offset)
        {
            offset += octets[offset + 1];
        }

        return new PacketFault(error, offset, error switch
        {
            PacketError.AttributeHeaderTruncated => "one octet is left where an attribute must begin with two",
            PacketError.AttributeLengthTooSmall => Text($"attribute {octets[offset]} says it is {octets[offset + 1]} octets long, and its own header takes 2"),
            _ => Text($"attribute {octets[offset]} says it is {octets[offset + 1]} octets long, and {length - offset} are left"),
        });
    }

    /// <summary>What can be read before the fault, for the eyes only: a packet that is malformed is never used.</summary>
    public RadiusPacket? ReadableBefore(ReadOnlySpan<byte> octets)
    {
        if (Reason is PacketError.HeaderTruncated or PacketError.LengthOutOfRange)
        {
            return null;
        }

        byte[] prefix = octets[..Offset].ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(prefix.AsSpan(LengthOffset), (ushort)prefix.Length);
        if (RadiusPacket.TryParse(prefix, out var packet, out var error))
        {
            return packet;
        }

        return Reason == PacketError.Truncated ? Locate(prefix, error).ReadableBefore(prefix) : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
