using System.Net;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Packets;

/// <summary>The simple data types of RFC 8044 section 3, and tags.</summary>
public sealed class AttributeValueTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(0)]
    [InlineData(17)]
    public void Value_of_the_wrong_size_is_of_no_fixed_type(int length)
    {
        byte[] value = new byte[length];

        Assert.False(AttributeValue.TryReadInteger(value, out _));
        Assert.False(AttributeValue.TryReadInteger64(value, out _));
        Assert.False(AttributeValue.TryReadTime(value, out _));
        Assert.False(AttributeValue.TryReadInterfaceId(value, out _));
        Assert.False(AttributeValue.TryReadIPv4(value, out _));
        Assert.False(AttributeValue.TryReadIPv6(value, out _));
        Assert.False(AttributeValue.TryReadIPv4Prefix(value, out _));
        Assert.False(TaggedValue.TryReadInteger(value, out _, out _));
    }

    [Fact]
    public void Numbers_and_instants_come_back()
    {
        byte[] place = new byte[8];
        var instant = new DateTimeOffset(2106, 2, 7, 6, 28, 15, TimeSpan.Zero);

        Assert.True(AttributeValue.TryReadInteger(place.AsSpan(0, AttributeValue.WriteInteger(place, 0xFFFFFFFE)), out uint number) && number == 0xFFFFFFFE);
        Assert.True(AttributeValue.TryReadInteger64(place.AsSpan(0, AttributeValue.WriteInteger64(place, ulong.MaxValue - 1)), out ulong number64) && number64 == ulong.MaxValue - 1);
        Assert.True(AttributeValue.TryReadTime(place.AsSpan(0, AttributeValue.WriteTime(place, instant)), out DateTimeOffset read) && read == instant);
        Assert.Throws<OverflowException>(() => AttributeValue.WriteTime(place, instant.AddSeconds(1)));
        Assert.Throws<OverflowException>(() => AttributeValue.WriteTime(place, DateTimeOffset.UnixEpoch.AddSeconds(-1)));
    }

    [Fact]
    public void Text_keeps_NUL_and_refuses_what_is_not_UTF_8()
    {
        Assert.True(AttributeValue.TryReadText([0x61, 0, 0xC3, 0xBC], out string? text));

        Assert.Equal("a\0ü", text);
        Assert.False(AttributeValue.TryReadText([0xC3], out _));
        Assert.False(AttributeValue.TryReadText([0xC0, 0x80], out _));
    }

    [Theory]
    [InlineData("2001:db8::/60", "003C20010DB800000000")]
    [InlineData("2001:db8::/32", "002020010DB8")]
    [InlineData("::/0", "0000")]
    [InlineData("2001:db8::1/128", "008020010DB8000000000000000000000001")]
    [Requirement("RTYP-3")]
    public void IPv6_prefix_is_written_as_short_as_it_can_be_and_read(string text, string hex)
    {
        byte[] place = new byte[18];

        int written = AttributeValue.WritePrefix(place, IPNetwork.Parse(text));

        Assert.Equal(hex, Convert.ToHexString(place.AsSpan(0, written)));
        Assert.True(AttributeValue.TryReadIPv6Prefix(place.AsSpan(0, written), out IPNetwork prefix));
        Assert.Equal(text, prefix.ToString());
    }

    [Theory]
    [InlineData("003C20010DB8000000000000000000000000", true)]
    [InlineData("003C20010DB80000000F", false)]
    [InlineData("003C20010DB80000000800", false)]
    [InlineData("008120010DB8000000000000000000000001", false)]
    [InlineData("004020010DB8", false)]
    [InlineData("00", false)]
    [InlineData("0000000000000000000000000000000000000000", false)]
    [Requirement("RTYP-3")]
    public void IPv6_prefix_with_room_to_spare_is_read_and_damage_is_not(string hex, bool expected) =>
        Assert.Equal(expected, AttributeValue.TryReadIPv6Prefix(Convert.FromHexString(hex), out _));

    [Theory]
    [InlineData("0018C0000200", "192.0.2.0/24")]
    [InlineData("00D8C0000200", "192.0.2.0/24")]
    [InlineData("0000" + "00000000", "0.0.0.0/0")]
    [InlineData("0021C0000200", null)]
    [InlineData("0018C0000201", null)]
    public void IPv4_prefix(string hex, string? expected)
    {
        bool isRead = AttributeValue.TryReadIPv4Prefix(Convert.FromHexString(hex), out IPNetwork prefix);

        Assert.Equal(expected is not null, isRead);
        Assert.Equal(expected, isRead ? prefix.ToString() : null);
    }

    [Fact]
    public void Tag_of_an_integer_takes_the_highest_octet()
    {
        byte[] place = new byte[4];

        TaggedValue.WriteInteger(place, 1, 13);

        Assert.Equal("0100000D", Convert.ToHexString(place));
        Assert.True(TaggedValue.TryReadInteger(place, out byte tag, out uint number) && tag == 1 && number == 13);
        Assert.True(TaggedValue.TryReadInteger([0x20, 0, 0, 13], out tag, out number) && tag == 0 && number == 13);
        Assert.Throws<ArgumentOutOfRangeException>(() => TaggedValue.WriteInteger(place, 32, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TaggedValue.WriteInteger(place, 0, 1 << 24));
    }

    [Theory]
    [InlineData("01313030", 1, "313030")]
    [InlineData("00313030", 0, "313030")]
    [InlineData("1F31", 31, "31")]
    [InlineData("20313030", 0, "20313030")]
    [InlineData("313030", 0, "313030")]
    [InlineData("", 0, "")]
    [InlineData("05", 5, "")]
    public void Tag_of_a_text_is_a_first_octet_up_to_31(string hex, byte expectedTag, string rest)
    {
        TaggedValue.Split(Convert.FromHexString(hex), out byte tag, out ReadOnlySpan<byte> text);

        Assert.Equal(expectedTag, tag);
        Assert.Equal(rest, Convert.ToHexString(text));
    }

    [Fact]
    [Requirement("REXT-4")]
    public void TLV_that_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TlvWriter(new byte[4]).Add(1, new byte[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TlvWriter(new byte[300]).Add(1, new byte[254]));
    }
}
