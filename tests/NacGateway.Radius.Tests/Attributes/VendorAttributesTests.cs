using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using Xunit;

namespace NacGateway.Radius.Tests.Attributes;

public sealed class VendorAttributesTests
{
    private readonly AttributeList _list = new();

    [Fact]
    public void Vendor_attribute_has_the_layout_of_RFC_2865()
    {
        _list.AddVendor(VendorId.Microsoft, MicrosoftAttributeType.ChapError, "E"u8);

        Assert.Equal("1A0900000137020345", Convert.ToHexString(_list.Encoded));
    }

    [Fact]
    public void Sub_attributes_that_share_one_attribute_are_all_found()
    {
        _list.Add(26, [0, 0, 0x37, 0x2A, 7, 3, 1, 8, 3, 2, 7, 3, 9]);

        Assert.True(_list.TryGetVendor(VendorId.Wispr, 7, out ReadOnlySpan<byte> first));
        Assert.True(_list.TryGetVendor(VendorId.Wispr, 8, out ReadOnlySpan<byte> second));
        Assert.Equal([1], first.ToArray());
        Assert.Equal([2], second.ToArray());
        Assert.False(_list.TryGetVendor(VendorId.Wispr, 9, out _));
        Assert.False(_list.TryGetVendor(VendorId.Cisco, 7, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000372A")]
    [InlineData("0000372A07")]
    [InlineData("0000372A0702")]
    [InlineData("0000372A0701")]
    [InlineData("0000372A0700")]
    [InlineData("0000372A070401")]
    [InlineData("0000372A07030108")]
    [InlineData("0000372A0703010804")]
    public void Attribute_that_its_sub_attributes_do_not_fill_is_passed_over_and_the_next_is_read(string hex)
    {
        _list.Add(26, Convert.FromHexString(hex));
        _list.AddVendor(VendorId.Wispr, 7, [5]);

        Assert.True(_list.TryGetVendor(VendorId.Wispr, 7, out ReadOnlySpan<byte> value));
        Assert.Equal(hex == "0000372A0702" ? [] : [5], value.ToArray());
    }

    [Fact]
    public void Value_over_247_octets_is_refused()
    {
        _list.AddVendor(VendorId.Cisco, 1, new byte[247]);

        Assert.Throws<ArgumentOutOfRangeException>(() => _list.AddVendor(VendorId.Cisco, 1, new byte[248]));
        Assert.Equal(255, _list.Encoded.Length);
    }
}
