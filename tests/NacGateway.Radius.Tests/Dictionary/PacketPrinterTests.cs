using NacGateway.Radius.Attributes;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;
using Xunit;

namespace NacGateway.Radius.Tests.Dictionary;

public sealed class PacketPrinterTests
{
    private static readonly byte[] Secret = "not to be seen"u8.ToArray();

    [Fact]
    public void Packet_is_printed_with_names_types_and_without_secrets()
    {
        var packet = new RadiusPacket(RadiusCode.AccessRequest, 7);
        packet.UserName = "alice";
        packet.AddUserPassword("top secret"u8, Secret);
        packet.NasIpAddress = System.Net.IPAddress.Parse("192.0.2.1");
        packet.NasPortType = NasPortType.Wireless80211;
        packet.EventTimestamp = DateTimeOffset.UnixEpoch;
        packet.Attributes.Add(190, [1, 2]);
        packet.Attributes.AddVendor(VendorId.Wispr, WisprAttributeType.LocationName, "Lobby"u8);
        packet.Attributes.AddVendor(99999, 3, [0xFF]);
        var writer = new StringWriter { NewLine = "\n" };

        PacketPrinter.Print(packet, AttributeDictionary.Default, writer);

        Assert.Equal(
            """
            Access-Request (1), identifier 7, 89 octets
              Authenticator = 0x00000000000000000000000000000000
              User-Name = "alice"
              User-Password = <hidden>
              NAS-IP-Address = 192.0.2.1
              NAS-Port-Type = Wireless-802.11
              Event-Timestamp = "1970-01-01T00:00:00Z"
              Attr-190 = 0x0102
              WISPr-Location-Name = "Lobby"
              Attr-26.99999.3 = 0xff

            """.ReplaceLineEndings("\n"),
            writer.ToString());
    }

    [Theory]
    [InlineData(1, "\"\\000\\033[31m\\\"\\\\\\n\\342\\200\\256x\"", 0x00, 0x1B, 0x5B, 0x33, 0x31, 0x6D, 0x22, 0x5C, 0x0A, 0xE2, 0x80, 0xAE, 0x78)]
    [InlineData(1, "0xff", 0xFF)]
    [InlineData(27, "<invalid 0x010203>", 1, 2, 3)]
    [InlineData(6, "4242", 0, 0, 0x10, 0x92)]
    [InlineData(8, "<invalid 0x01>", 1)]
    [InlineData(96, "0123:4567:89ab:cdef", 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF)]
    [InlineData(97, "2001:db8::/60", 0, 60, 0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0)]
    [InlineData(97, "<invalid 0x00812001>", 0, 129, 0x20, 0x01)]
    [InlineData(3, "<hidden>", 1, 2, 3)]
    [InlineData(80, "<invalid 0x01>", 1)]
    [InlineData(26, "<invalid, 3 octets>", 1, 2, 3)]
    [InlineData(64, "VLAN", 0, 0, 0, 13)]
    [InlineData(241, "<invalid>", 4)]
    public void Value_is_printed_by_its_type_and_damage_is_shown(byte type, string expected, params int[] octets)
    {
        var packet = new RadiusPacket(RadiusCode.AccessAccept);
        packet.Attributes.Add(type, [.. octets.Select(octet => (byte)octet)]);

        string line = Assert.Single(PacketPrinter.Lines(packet.Attributes, AttributeDictionary.Default));

        Assert.EndsWith(" = " + expected, line, StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_sub_attributes_and_fragments_have_lines_of_their_own()
    {
        var packet = new RadiusPacket(RadiusCode.AccessAccept);
        packet.Attributes.Add(81, [1, .. "100"u8]);
        packet.Attributes.Add(81, [.. "100"u8]);
        packet.Attributes.Add(26, [0, 0, 0x37, 0x2A, 7, 6, 0, 0, 0, 1, 8, 6, 0, 0, 0, 2]);
        packet.Attributes.AddExtended(245, 4, new byte[300]);
        packet.Attributes.AddExtended(241, 4, [0, 0, 0, 1]);
        packet.Attributes.AddExtendedVendor(241, 9, 1, [5]);

        Assert.Equal(
            [
                "Tunnel-Private-Group-ID:1 = \"100\"",
                "Tunnel-Private-Group-ID = \"100\"",
                "WISPr-Bandwidth-Max-Up = 1",
                "WISPr-Bandwidth-Max-Down = 2",
                "DHCPv4-Options = 0x" + new string('0', 600),
                "Original-Packet-Code = Access-Request",
                "Attr-241.26.9.1 = 0x05",
            ],
            PacketPrinter.Lines(packet.Attributes, AttributeDictionary.Default),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Nested_values_are_printed_in_braces()
    {
        AttributeDictionary dictionary = AttributeDictionary.Parse("site", "ATTRIBUTE Space 241 extended\nATTRIBUTE Tree 241.2 tlv\nBEGIN-TLV Tree\nATTRIBUTE Leaf 1 integer\nEND-TLV Tree\n");
        var packet = new RadiusPacket(RadiusCode.AccessAccept);
        packet.Attributes.AddExtended(241, 2, [1, 6, 0, 0, 0, 9, 2, 3, 7]);
        packet.Attributes.AddExtended(241, 2, [1, 9, 0]);

        Assert.Equal(["Tree = { Leaf = 9, Attr-241.2.2 = 0x07 }", "Tree = <invalid, 3 octets>"], PacketPrinter.Lines(packet.Attributes, dictionary), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("User-Password = \"hunter2-clear\"")]
    [InlineData("Tunnel-Password:1 = \"hunter2-clear\"")]
    [InlineData("MS-MPPE-Send-Key = \"hunter2-clear\"")]
    public void Secret_is_neither_in_the_packet_nor_in_print(string assignment)
    {
        Assert.True(AttributeAssignment.TryParse(assignment, AttributeDictionary.Default, out AttributeAssignment? parsed, out string error), error);
        var packet = new RadiusPacket(RadiusCode.AccessAccept);

        parsed.AddTo(packet.Attributes, Secret, new byte[16]);

        string line = Assert.Single(PacketPrinter.Lines(packet.Attributes, AttributeDictionary.Default));
        Assert.EndsWith("<hidden>", line, StringComparison.Ordinal);
        Assert.EndsWith("<hidden>", parsed.ToString(), StringComparison.Ordinal);
        Assert.Equal(-1, packet.Attributes.Encoded.IndexOf("hunter2-clear"u8));
    }
}
