using System.Buffers.Binary;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Tests.Harness.Playing;

/// <summary>The fields of an accounting record that the tests look at.</summary>
internal sealed record PlayedRecord(uint Status, string? Session, ulong Input, ulong Output, uint? Time, uint? Cause)
{
    public static PlayedRecord Of(RadiusPacket packet) => new(
        Number(packet, RadiusAttributeType.AcctStatusType) ?? 0,
        packet.AcctSessionId,
        ((ulong)(Number(packet, RadiusAttributeType.AcctInputGigawords) ?? 0) << 32) + (Number(packet, RadiusAttributeType.AcctInputOctets) ?? 0),
        ((ulong)(Number(packet, RadiusAttributeType.AcctOutputGigawords) ?? 0) << 32) + (Number(packet, RadiusAttributeType.AcctOutputOctets) ?? 0),
        Number(packet, RadiusAttributeType.AcctSessionTime),
        Number(packet, RadiusAttributeType.AcctTerminateCause));

    private static uint? Number(RadiusPacket packet, byte type) => packet.Attributes.TryGetFirst(type, out var value) ? BinaryPrimitives.ReadUInt32BigEndian(value) : null;
}
