using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;
using Xunit;

namespace NacGateway.Radius.Tests.Dictionary;

/// <summary>The dictionary that comes with the library.</summary>
public sealed class AttributeDictionaryTests
{
    [Theory]
    [InlineData("User-Name", "1", RadiusDataType.Text)]
    [InlineData("State", "24", RadiusDataType.String)]
    [InlineData("Vendor-Specific", "26", RadiusDataType.Vsa)]
    [InlineData("Event-Timestamp", "55", RadiusDataType.Time)]
    [InlineData("EAP-Message", "79", RadiusDataType.Concat)]
    [InlineData("Framed-Interface-Id", "96", RadiusDataType.InterfaceId)]
    [InlineData("Framed-IPv6-Prefix", "97", RadiusDataType.IPv6Prefix)]
    [InlineData("DNS-Server-IPv6-Address", "169", RadiusDataType.IPv6Address)]
    [InlineData("Extended-Attribute-1", "241", RadiusDataType.Extended)]
    [InlineData("Extended-Attribute-6", "246", RadiusDataType.LongExtended)]
    [InlineData("Original-Packet-Code", "241.4", RadiusDataType.Integer)]
    [InlineData("DHCPv4-Options", "245.4", RadiusDataType.String)]
    [InlineData("WISPr-Bandwidth-Max-Down", "26.14122.8", RadiusDataType.Integer)]
    [InlineData("ChilliSpot-Max-Total-Gigawords", "26.14559.23", RadiusDataType.Integer)]
    [InlineData("Mikrotik-Rate-Limit", "26.14988.8", RadiusDataType.Text)]
    [InlineData("Aruba-AVPair", "26.14823.67", RadiusDataType.Text)]
    [InlineData("HP-Egress-VLANID", "26.11.64", RadiusDataType.Integer)]
    [InlineData("Cisco-AVPair", "26.9.1", RadiusDataType.Text)]
    [InlineData("Ruckus-Vlan-Name", "26.25053.157", RadiusDataType.Text)]
    [InlineData("Meraki-Device-Name", "26.29671.1", RadiusDataType.Text)]
    [InlineData("MS-MPPE-Send-Key", "26.311.16", RadiusDataType.String)]
    public void Attribute_is_known_by_name_and_by_number(string name, string oid, RadiusDataType type)
    {
        Assert.True(AttributeDictionary.Default.TryGet(name.ToUpperInvariant(), out AttributeDefinition? byName));
        Assert.True(AttributeDictionary.Default.TryGet(oid.Split('.').Select(uint.Parse), out AttributeDefinition? byNumber));

        Assert.Same(byName, byNumber);
        Assert.Equal(name, byName.Name);
        Assert.Equal(oid, byName.Oid);
        Assert.Equal(type, byName.Type);
    }

    [Theory]
    [InlineData("User-Password", AttributeEncryption.UserPassword)]
    [InlineData("Tunnel-Password", AttributeEncryption.Salted)]
    [InlineData("MS-MPPE-Recv-Key", AttributeEncryption.Salted)]
    [InlineData("MS-CHAP-MPPE-Keys", AttributeEncryption.UserPassword)]
    [InlineData("CHAP-Password", AttributeEncryption.None)]
    [InlineData("MS-CHAP2-Response", AttributeEncryption.None)]
    public void Attribute_that_hides_or_betrays_a_secret_is_marked(string name, AttributeEncryption encryption)
    {
        Assert.True(AttributeDictionary.Default.TryGet(name, out AttributeDefinition? definition));

        Assert.Equal(encryption, definition.Encryption);
        Assert.True(definition.IsSecret);
    }

    [Theory]
    [InlineData("Service-Type", "Framed", 2u, "Framed")]
    [InlineData("Service-Type", "Framed-User", 2u, "Framed")]
    [InlineData("Service-Type", "Authorize-Only", 17u, "Authorize-Only")]
    [InlineData("NAS-Port-Type", "Wireless-802.11", 19u, "Wireless-802.11")]
    [InlineData("Tunnel-Type", "vlan", 13u, "VLAN")]
    [InlineData("Tunnel-Medium-Type", "IEEE-802", 6u, "IEEE-802")]
    [InlineData("Termination-Action", "RADIUS-Request", 1u, "RADIUS-Request")]
    [InlineData("Acct-Terminate-Cause", "Lost-Power", 23u, "Lost-Power")]
    [InlineData("Error-Cause", "Session-Context-Not-Found", 503u, "Session-Context-Not-Found")]
    [InlineData("Prompt", "No-Echo", 0u, "No-Echo")]
    public void Named_value_is_known_and_one_name_is_printed(string attribute, string value, uint number, string printed)
    {
        Assert.True(AttributeDictionary.Default.TryGet(attribute, out AttributeDefinition? definition));

        Assert.True(definition.TryGetValue(value, out uint found));
        Assert.Equal(number, found);
        Assert.Equal(printed, definition.ValueNames[number]);
    }

    [Fact]
    public void Every_attribute_of_the_packet_has_a_number_that_fits_one()
    {
        IEnumerable<AttributeDefinition> wrong = AttributeDictionary.Default.Definitions.Where(definition => !definition.IsInternal && definition.Path[^1] > 255);

        Assert.Empty(wrong);
        Assert.True(AttributeDictionary.Default.Definitions.Count > 200);
        Assert.True(AttributeDictionary.Default.TryGetVendorName(14122, out string? vendor));
        Assert.Equal("WISPr", vendor);
    }
}
