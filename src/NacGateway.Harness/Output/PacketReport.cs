using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Output;

/// <summary>A packet for programs; for people it is printed by <see cref="PacketPrinter"/>.</summary>
internal sealed record PacketReport
{
    public required string Code { get; init; }

    public required int CodeNumber { get; init; }

    public required int Identifier { get; init; }

    public required int Length { get; init; }

    public required string Authenticator { get; init; }

    public required IReadOnlyList<AttributeLine> Attributes { get; init; }

    public static PacketReport Of(RadiusPacket packet) => new()
    {
        Code = PacketPrinter.CodeName(packet.Code),
        CodeNumber = (int)packet.Code,
        Identifier = packet.Identifier,
        Length = packet.EncodedLength,
        Authenticator = Convert.ToHexStringLower(packet.Authenticator),
        Attributes = [.. PacketPrinter.Lines(packet.Attributes, AttributeDictionary.Default).Select(AttributeLine.Of)],
    };
}
