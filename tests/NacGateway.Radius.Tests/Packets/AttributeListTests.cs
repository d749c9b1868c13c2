using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Packets;

public sealed class AttributeListTests
{
    [Fact]
    public void Added_prepended_and_removed_attributes_keep_the_order_of_the_rest()
    {
        var list = new AttributeList();
        list.Add(1, [1]);
        list.Add(2, [2]);
        list.Add(1, []);
        list.Prepend(80, new byte[2]);
        list.Add(3, [3]);

        int removed = list.RemoveAll(1);

        Assert.Equal(2, removed);
        Assert.Equal(3, list.Count);
        Assert.Equal("50040000" + "020302" + "030303", Convert.ToHexString(list.Encoded));
        Assert.False(list.TryGetFirst(1, out _));
        Assert.True(list.TryGetFirst(2, out ReadOnlySpan<byte> value));
        Assert.Equal([2], value.ToArray());
    }

    [Fact]
    public void List_of_a_parsed_packet_can_grow()
    {
        Assert.True(RadiusPacket.TryParse([1, 0, 0, 23, .. new byte[16], 1, 3, 65], out RadiusPacket? packet, out _));

        packet.Attributes.Add(2, [66]);
        packet.Attributes.Prepend(80, [0]);

        Assert.Equal("500300" + "010341" + "020342", Convert.ToHexString(packet.Attributes.Encoded));
    }

    [Fact]
    public void Packet_never_exceeds_4096_octets()
    {
        var list = new AttributeList();
        for (int i = 0; i < 15; i++)
        {
            list.Reserve(25, 253);
        }

        list.Reserve(25, AttributeList.MaxEncodedLength - list.Encoded.Length - 2);

        Assert.Throws<ArgumentOutOfRangeException>(() => list.Add(1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.Prepend(1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AttributeList().Reserve(1, 254));
        Assert.Equal(AttributeList.MaxEncodedLength, list.Encoded.Length);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(253, 1)]
    [InlineData(254, 2)]
    [InlineData(1400, 6)]
    [Requirement("REAP-1")]
    public void Concat_is_split_at_253_and_joined_over_other_attributes(int length, int attributes)
    {
        byte[] value = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        var list = new AttributeList();

        list.AddConcat(79, value);
        list.Add(1, [9]);
        list.AddConcat(79, [7]);

        Assert.Equal(attributes + 1, list.CountOf(79));
        Assert.Equal([.. value, 7], list.ReadConcat(79));
    }

    [Fact]
    public void Place_that_is_reserved_is_zeroed_even_where_something_was_before()
    {
        var list = new AttributeList();
        list.Add(1, [1, 2, 3, 4]);
        list.RemoveAll(1);

        Assert.Equal(new byte[4], list.Reserve(2, 4).ToArray());
    }
}
