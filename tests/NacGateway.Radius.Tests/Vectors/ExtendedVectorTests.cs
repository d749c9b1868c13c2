using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Vectors;

/// <summary>RFC 6929 section 9.1 as published, and section 2.2 in octets of our own: the encoder gives them, the decoder finds what they hold.</summary>
public sealed class ExtendedVectorTests
{
    [Fact]
    public void Rfc6929_9_1a_text() => Check("rfc6929-9.1", "a", attributes => attributes.AddExtended(241, 1, "bob"u8));

    [Fact]
    public void Rfc6929_9_1b_one_TLV() => Check("rfc6929-9.1", "b", attributes => attributes.AddExtended(241, 2, Tlv((ref TlvWriter writer) => writer.Add(1, [0x23, 0x45]))));

    [Fact]
    public void Rfc6929_9_1c_two_TLVs() => Check("rfc6929-9.1", "c", attributes => attributes.AddExtended(241, 2, Tlv((ref TlvWriter writer) =>
    {
        writer.Add(1, [0x23, 0x45]);
        writer.Add(2, [0x67, 0x89]);
    })));

    [Fact]
    public void Rfc6929_9_1d_TLV_with_a_nested_one() => Check("rfc6929-9.1", "d", attributes => attributes.AddExtended(241, 2, Tlv((ref TlvWriter writer) =>
    {
        writer.Add(1, [0x23, 0x45]);
        int parent = writer.Begin(3);
        writer.Add(1, [0xAB, 0xCD]);
        writer.End(parent);
    })));

    [Fact]
    public void Rfc6929_9_1e_TLV_with_two_nested_ones() => Check("rfc6929-9.1", "e", attributes => attributes.AddExtended(241, 2, Tlv((ref TlvWriter writer) =>
    {
        writer.Add(1, [0x23, 0x45]);
        int parent = writer.Begin(3);
        writer.Add(1, [0xAB, 0xCD]);
        writer.Add(2, "foo"u8);
        writer.End(parent);
    })));

    [Fact]
    [Requirement("REXT-4")]
    public void Rfc6929_9_1f_five_levels() => Check("rfc6929-9.1", "f", attributes => attributes.AddExtended(241, 1, Tlv((ref TlvWriter writer) =>
    {
        int first = writer.Begin(1);
        int second = writer.Begin(2);
        int third = writer.Begin(3);
        int fourth = writer.Begin(4);
        writer.Add(5, [0xCD, 0xEF]);
        writer.End(fourth);
        writer.End(third);
        writer.End(second);
        writer.End(first);
    })));

    [Fact]
    [Requirement("REXT-5")]
    public void Rfc6929_9_1g_vendor() => Check("rfc6929-9.1", "g", attributes => attributes.AddExtendedVendor(241, 1, 4, "test"u8));

    [Fact]
    [Requirement("REXT-5")]
    public void Rfc6929_9_1h_vendor_with_TLV() => Check("rfc6929-9.1", "h", attributes => attributes.AddExtendedVendor(241, 1, 5, Tlv((ref TlvWriter writer) => writer.Add(3, "test"u8))));

    [Fact]
    [Requirement("REXT-2")]
    public void Rfc6929_2_2_long_text() => Check("long-extended", "a", attributes => attributes.AddExtended(245, 1, "bob"u8));

    [Fact]
    public void Rfc6929_2_2_long_TLV() => Check("long-extended", "b", attributes => attributes.AddExtended(245, 2, Tlv((ref TlvWriter writer) => writer.Add(1, [0x23, 0x45]))));

    [Fact]
    public void Rfc6929_2_2_two_long_TLVs() => Check("long-extended", "c", attributes => attributes.AddExtended(245, 2, Tlv((ref TlvWriter writer) =>
    {
        writer.Add(1, [0x23, 0x45]);
        writer.Add(2, [0x67, 0x89]);
    })));

    [Fact]
    [Requirement("REXT-2", "REXT-5")]
    public void Rfc6929_2_2_long_vendor() => Check("long-extended", "g", attributes => attributes.AddExtendedVendor(245, 1, 6, "test"u8));

    [Fact]
    public void Rfc6929_2_2_long_vendor_with_TLV() => Check("long-extended", "h", attributes => attributes.AddExtendedVendor(245, 1, 6, Tlv((ref TlvWriter writer) => writer.Add(3, "test"u8))));

    [Theory]
    [InlineData("rfc6929-9.1")]
    [InlineData("long-extended")]
    public void Octets_decode_to_one_attribute_that_fills_them(string name)
    {
        VectorFile file = VectorFile.Load(name);
        foreach (string section in file.Sections)
        {
            byte[] encoding = file.Octets(section, "encoding");
            var attributes = new AttributeList();
            attributes.Add(encoding[0], encoding.AsSpan(2));

            ExtendedAttribute attribute = Assert.Single(attributes.ReadExtended());

            Assert.Equal(encoding[2], attribute.ExtendedType);
            Assert.Equal(encoding[(encoding[0] >= ExtendedAttributes.FirstLong ? 4 : 3)..], attribute.Value.ToArray());
        }
    }

    private static void Check(string name, string section, Action<AttributeList> add)
    {
        var attributes = new AttributeList();

        add(attributes);

        Assert.Equal(VectorFile.Load(name).Octets(section, "encoding"), attributes.Encoded.ToArray());
    }

    private delegate void Write(ref TlvWriter writer);

    private static byte[] Tlv(Write write)
    {
        byte[] destination = new byte[253];
        var writer = new TlvWriter(destination);
        write(ref writer);
        return destination[..writer.Length];
    }
}
