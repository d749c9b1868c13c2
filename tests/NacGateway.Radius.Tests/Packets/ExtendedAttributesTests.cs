using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Packets;

/// <summary>RFC 6929 section 2 beyond its examples: fragments and what is wrong with them.</summary>
public sealed class ExtendedAttributesTests
{
    [Theory]
    [InlineData(251, 1)]
    [InlineData(252, 2)]
    [InlineData(502, 2)]
    [InlineData(503, 3)]
    [Requirement("REXT-2", "REXT-3")]
    public void Long_value_is_split_into_full_fragments_with_More_set_and_joined(int length, int fragments)
    {
        byte[] value = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        var list = new AttributeList();

        list.AddExtended(245, 9, value);

        Assert.Equal(fragments, list.Count);
        Assert.Equal(Enumerable.Range(1, fragments).Select(i => i < fragments), list.Select(attribute => attribute.Value.Span[1] == 0x80));
        Assert.All(list.Take(fragments - 1), attribute => Assert.Equal(253, attribute.Value.Length));
        Assert.True(list.TryGetExtended(245, 9, out ReadOnlyMemory<byte> joined));
        Assert.Equal(value, joined.ToArray());
    }

    [Fact]
    [Requirement("REXT-2", "REXT-3")]
    public void Fragments_need_not_be_adjacent_and_two_values_stay_apart()
    {
        var list = new AttributeList();
        byte[] first = new byte[251];
        list.Add(245, [1, 0x80, .. first]);
        list.Add(245, [2, 0x00, 5]);
        list.Add(1, [65]);
        list.Add(245, [1, 0x00, 6]);
        list.Add(245, [1, 0x7F, 7]);

        IReadOnlyList<ExtendedAttribute> found = list.ReadExtended();

        Assert.Equal([(245, 1), (245, 2), (245, 1)], found.Select(attribute => ((int)attribute.Type, (int)attribute.ExtendedType)));
        Assert.Equal([.. first, 6], found[0].Value.ToArray());
        Assert.Equal([5], found[1].Value.ToArray());
        Assert.Equal([7], found[2].Value.ToArray());
    }

    [Fact]
    [Requirement("REXT-5")]
    public void Vendor_header_stands_in_the_first_fragment_only()
    {
        var list = new AttributeList();
        byte[] value = [.. Enumerable.Range(0, 400).Select(i => (byte)i)];

        list.AddExtendedVendor(246, 9, 3, value);

        Assert.Equal(2, list.Count);
        Assert.True(list.TryGetExtended(246, ExtendedAttributes.VendorSpecific, out ReadOnlyMemory<byte> joined));
        Assert.True(ExtendedAttributes.TrySplitVendor(joined, out uint vendor, out byte type, out ReadOnlyMemory<byte> split));
        Assert.Equal((9u, (byte)3), (vendor, type));
        Assert.Equal(value, split.ToArray());
        Assert.False(ExtendedAttributes.TrySplitVendor(joined[..5], out _, out _, out _));
    }

    [Theory]
    [InlineData("F10201")]
    [InlineData("F1")]
    [InlineData("F501")]
    [InlineData("F50100")]
    [InlineData("F5018041")]
    [Requirement("REXT-2", "REXT-3")]
    public void Attribute_without_value_or_with_More_and_no_successor_is_left_out(string hex)
    {
        byte[] octets = Convert.FromHexString(hex);
        var list = new AttributeList();
        list.Add(octets[0], octets[0] == 0xF1 && octets.Length > 2 ? octets.AsSpan(1, 1) : octets.AsSpan(1));
        list.AddExtended(241, 7, [1]);

        Assert.Equal(7, Assert.Single(list.ReadExtended()).ExtendedType);
    }

    [Fact]
    [Requirement("REXT-3")]
    public void More_on_a_fragment_that_is_not_full_spoils_its_chain_only()
    {
        var list = new AttributeList();
        list.Add(245, [1, 0x80, 1]);
        list.Add(245, [1, 0x00, 2]);
        list.Add(245, [1, 0x00, 3]);

        ExtendedAttribute attribute = Assert.Single(list.ReadExtended());

        Assert.Equal([3], attribute.Value.ToArray());
    }

    [Fact]
    public void Value_that_does_not_fit_adds_nothing()
    {
        var list = new AttributeList();

        Assert.Throws<ArgumentOutOfRangeException>(() => list.AddExtended(241, 1, new byte[253]));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.AddExtended(245, 1, new byte[4060]));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.AddExtended(245, 1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.AddExtended(240, 1, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.AddExtended(247, 1, [1]));
        Assert.Empty(list);
    }
}
