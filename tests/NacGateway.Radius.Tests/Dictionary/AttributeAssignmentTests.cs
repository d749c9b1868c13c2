using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Dictionary;

public sealed class AttributeAssignmentTests
{
    private static readonly byte[] Secret = "secret"u8.ToArray();
    private static readonly byte[] Authenticator = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];

    [Theory]
    [InlineData("Reply-Message = \"hi\"", "12046869")]
    [InlineData("Reply-Message=hi", "12046869")]
    [InlineData("reply-message += 'it\\'s'", "120669742773")]
    [InlineData("Reply-Message := \"\\303\\274\\n\"", "1205C3BC0A")]
    [InlineData("Reply-Message:=\"ü\"", "1204C3BC")]
    [InlineData("Session-Timeout = 3600", "1B0600000E10")]
    [InlineData("Session-Timeout := 0x10", "1B0600000010")]
    [InlineData("Service-Type = Framed-User", "060600000002")]
    [InlineData("Framed-IP-Address = 192.0.2.7", "0806C0000207")]
    [InlineData("NAS-IPv6-Address = 2001:db8::1", "5F1220010DB8000000000000000000000001")]
    [InlineData("Framed-IPv6-Prefix = 2001:db8::/60", "610C003C20010DB800000000")]
    [InlineData("Framed-Interface-Id = 0:0:0:1", "600A0000000000000001")]
    [InlineData("Event-Timestamp = \"1970-01-01T00:00:10Z\"", "37060000000A")]
    [InlineData("Event-Timestamp = 10", "37060000000A")]
    [InlineData("State = 0x00ff", "180400FF")]
    [InlineData("Tunnel-Type:1 = VLAN", "40060100000D")]
    [InlineData("Tunnel-Private-Group-ID:1 = 100", "510601313030")]
    [InlineData("Tunnel-Private-Group-ID = 100", "5105313030")]
    [InlineData("WISPr-Bandwidth-Max-Up = 1000", "1A0C0000372A0706000003E8")]
    [InlineData("Cisco-AVPair = \"url-redirect=x\"", "1A1600000009011075726C2D72656469726563743D78")]
    [InlineData("Original-Packet-Code = Access-Request", "F1070400000001")]
    [InlineData("DHCPv4-Options = 0x01", "F505040001")]
    [InlineData("Attr-190 = 0x0102", "BE040102")]
    [InlineData("Attr-26.9.77 = 0x01", "1A090000000" + "94D0301")]
    [InlineData("Attr-241.26.9.1 = 0x01", "F1091A000000090101")]
    [Requirement("RTYP-1")]
    public void Text_becomes_octets(string text, string encoded)
    {
        Assert.True(AttributeAssignment.TryParse(text, AttributeDictionary.Default, out AttributeAssignment? assignment, out string error), error);
        var attributes = new AttributeList();

        assignment.AddTo(attributes, Secret, Authenticator);

        Assert.Equal(encoded, Convert.ToHexString(attributes.Encoded));
    }

    [Theory]
    [InlineData("Reply-Mess = \"hi\"", "no attribute 'Reply-Mess'")]
    [InlineData("Reply-Message", "not followed by an operator")]
    [InlineData("Reply-Message \"hi\"", "not followed by an operator")]
    [InlineData("Reply-Message = ", "missing")]
    [InlineData("Reply-Message = \"hi", "not closed")]
    [InlineData("Reply-Message = \"\"", "at least one octet")]
    [InlineData("Reply-Message = \"\\q\"", "Reply-Message")]
    [InlineData("Reply-Message = \"a\" Session-Timeout = 1", "A comma is expected")]
    [InlineData("Session-Timeout = -1", "0 to 4294967295")]
    [InlineData("Session-Timeout = 4294967296", "0 to 4294967295")]
    [InlineData("Service-Type = Nonsense", "one of Login, Framed")]
    [InlineData("Framed-IP-Address = 2001:db8::1", "an IPv4 address")]
    [InlineData("NAS-IPv6-Address = 192.0.2.1", "an IPv6 address")]
    [InlineData("Framed-IPv6-Prefix = 2001:db8::1/60", "an IPv6 prefix")]
    [InlineData("Framed-Interface-Id = 1:2:3", "an interface identifier")]
    [InlineData("Event-Timestamp = yesterday", "an instant")]
    [InlineData("Tunnel-Type:32 = VLAN", "no tag")]
    [InlineData("Session-Timeout:1 = 5", "has no tag")]
    [InlineData("Tunnel-Type = 0x01000000", "16777215")]
    [InlineData("CHAP-Password = 0x01", "exactly 17 octets")]
    [InlineData("State = 0x0g", "pairs of hexadecimal digits")]
    [InlineData("State = 0x012", "pairs of hexadecimal digits")]
    [InlineData("Attr-300 = 0x01", "Attr-300")]
    [InlineData("Attr-26.9.300 = 0x01", "Attr-26.9.300")]
    [InlineData("", "One attribute is expected, not 0")]
    public void Text_that_is_wrong_says_what_is_expected(string text, string cause)
    {
        Assert.False(AttributeAssignment.TryParse(text, AttributeDictionary.Default, out AttributeAssignment? assignment, out string error));

        Assert.Null(assignment);
        Assert.Contains(cause, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Reply-Message", 253)]
    [InlineData("Cisco-AVPair", 247)]
    [InlineData("Tunnel-Private-Group-ID:1", 252)]
    [InlineData("User-Password", 128)]
    [InlineData("Tunnel-Password:1", 239)]
    [InlineData("MS-MPPE-Send-Key", 239)]
    [InlineData("Operator-NAS-Identifier", 252)]
    [InlineData("EAP-Message", 3900)]
    [InlineData("DHCPv6-Options", 3900)]
    public void Longest_value_fits_and_one_octet_more_is_refused(string name, int longest)
    {
        Assert.True(AttributeAssignment.TryParse($"{name} = \"{new string('x', longest)}\"", AttributeDictionary.Default, out AttributeAssignment? assignment, out string error), error);
        var attributes = new AttributeList();
        assignment.AddTo(attributes, Secret, Authenticator);

        Assert.False(AttributeAssignment.TryParse($"{name} = \"{new string('x', longest + 1)}\"", AttributeDictionary.Default, out _, out error));
        Assert.Contains($"1 to {longest} octets", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_of_a_users_file_becomes_a_list_with_operators()
    {
        Assert.True(AttributeAssignment.TryParseList(" Cleartext-Password := \"a, b\", Reply-Message += \"x\",NAS-IP-Address==192.0.2.1 , ", AttributeDictionary.Default, out IReadOnlyList<AttributeAssignment> list, out string error), error);

        Assert.Equal(["Cleartext-Password", "Reply-Message", "NAS-IP-Address"], list.Select(item => item.Definition.Name), StringComparer.Ordinal);
        Assert.Equal([AttributeOperator.Set, AttributeOperator.Append, AttributeOperator.Equal], list.Select(item => item.Operator));
        Assert.Equal("a, b"u8.ToArray(), list[0].Value.ToArray());
        Assert.True(list[0].Definition.IsInternal);
        Assert.Throws<InvalidOperationException>(() => list[0].AddTo(new AttributeList(), Secret, Authenticator));
    }

    [Fact]
    public void Error_about_a_secret_does_not_repeat_it()
    {
        Assert.False(AttributeAssignment.TryParse("User-Password = \"pass\\word\"", AttributeDictionary.Default, out _, out string error));

        Assert.DoesNotContain("pass\\word", error, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("RMS-7")]
    public void Hidden_attributes_can_be_revealed_and_salts_differ_in_one_packet()
    {
        var packet = new RadiusPacket(RadiusCode.AccessAccept);
        Assert.True(AttributeAssignment.TryParseList("MS-MPPE-Send-Key = 0x0102, MS-MPPE-Recv-Key = 0x0304, Tunnel-Password:3 = \"tunnel\"", AttributeDictionary.Default, out IReadOnlyList<AttributeAssignment> list, out string error), error);
        byte[] clear = new byte[256];

        foreach (AttributeAssignment assignment in list)
        {
            assignment.AddTo(packet.Attributes, Secret, Authenticator);
        }

        Assert.True(packet.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.MppeSendKey, out ReadOnlySpan<byte> send));
        Assert.True(packet.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.MppeRecvKey, out ReadOnlySpan<byte> receive));
        Assert.True(packet.Attributes.TryGetFirst(RadiusAttributeType.TunnelPassword, out ReadOnlySpan<byte> tunnel));
        Assert.True(SaltEncryption.TryDecrypt(send, Secret, Authenticator, clear, out int length) && clear.AsSpan(0, length).SequenceEqual<byte>([1, 2]));
        Assert.True(SaltEncryption.TryDecrypt(receive, Secret, Authenticator, clear, out length) && clear.AsSpan(0, length).SequenceEqual<byte>([3, 4]));
        Assert.Equal(3, tunnel[0]);
        Assert.True(SaltEncryption.TryDecrypt(tunnel[1..], Secret, Authenticator, clear, out length) && clear.AsSpan(0, length).SequenceEqual("tunnel"u8));
        Assert.Equal(3, new HashSet<string>(StringComparer.Ordinal) { Convert.ToHexString(send[..2]), Convert.ToHexString(receive[..2]), Convert.ToHexString(tunnel[1..3]) }.Count);
    }

    [Fact]
    public void Attribute_inside_a_TLV_is_wrapped_in_its_parents()
    {
        AttributeDictionary dictionary = AttributeDictionary.Parse("site", """
            ATTRIBUTE  Tree  241.2  tlv
            BEGIN-TLV  Tree
            ATTRIBUTE  Branch  3  tlv
            BEGIN-TLV  Branch
            ATTRIBUTE  Leaf  1  octets
            END-TLV  Branch
            END-TLV  Tree
            """);
        Assert.True(AttributeAssignment.TryParse("Leaf = 0xabcd", dictionary, out AttributeAssignment? leaf, out string error), error);
        var attributes = new AttributeList();

        leaf.AddTo(attributes, Secret, Authenticator);

        Assert.Equal("F10902030" + "60104ABCD", Convert.ToHexString(attributes.Encoded));
        Assert.False(AttributeAssignment.TryParse("Tree = 0x0103ab", dictionary, out _, out _));
    }

    [Fact]
    public void Printed_attributes_can_be_read_again()
    {
        string[] lines =
        [
            "User-Name = \"al\\\"i\\\\ce\\000\\n\"", "Service-Type = Framed", "Session-Timeout = 60", "Event-Timestamp = \"2030-01-31T12:00:00Z\"", "Tunnel-Type:2 = VLAN",
            "Framed-IPv6-Prefix = 2001:db8::/60", "Framed-Interface-Id = 0000:0000:0000:0001", "WISPr-Redirection-URL = \"https://example.org/\"", "Attr-190 = 0x0102",
        ];
        var packet = new RadiusPacket(RadiusCode.AccessAccept);

        foreach (string line in lines)
        {
            Assert.True(AttributeAssignment.TryParse(line, AttributeDictionary.Default, out AttributeAssignment? assignment, out string error), error);
            assignment.AddTo(packet.Attributes, Secret, Authenticator);
        }

        Assert.Equal(lines, PacketPrinter.Lines(packet.Attributes, AttributeDictionary.Default), StringComparer.Ordinal);
    }
}
