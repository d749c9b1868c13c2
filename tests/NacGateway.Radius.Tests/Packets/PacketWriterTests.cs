using System.Net;
using NacGateway.Radius.Packets;
using Xunit;

namespace NacGateway.Radius.Tests.Packets;

public sealed class PacketWriterTests
{
    [Fact]
    public void Writer_and_list_give_the_same_octets()
    {
        byte[] destination = new byte[256];
        Array.Fill(destination, (byte)0xAA);
        var writer = new PacketWriter(destination, RadiusCode.AccessRequest, 5, default);
        writer.AddMessageAuthenticator();
        writer.AddText(1, "jürgen");
        writer.AddText(18, "");
        writer.AddInteger(27, 60);
        writer.AddAddress(4, IPAddress.Parse("192.0.2.1"));
        writer.AddAddress(95, IPAddress.Parse("2001:db8::1"));
        writer.Add(24, [1, 2, 3]);
        var packet = new RadiusPacket(RadiusCode.AccessRequest, 5);
        packet.Attributes.Add(80, new byte[16]);
        packet.Attributes.Add(1, "jürgen"u8);
        packet.Attributes.Add(27, [0, 0, 0, 60]);
        packet.Attributes.Add(4, [192, 0, 2, 1]);
        packet.Attributes.Add(95, [0x20, 0x01, 0x0D, 0xB8, .. new byte[11], 1]);
        packet.Attributes.Add(24, [1, 2, 3]);
        byte[] expected = new byte[packet.EncodedLength];
        packet.WriteTo(expected);

        Assert.Equal(expected, writer.Complete().ToArray());
    }

    [Fact]
    public void Attribute_that_does_not_fit_is_refused_and_leaves_the_packet_whole()
    {
        byte[] destination = new byte[RadiusPacket.HeaderLength + 5];
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketWriter(destination, RadiusCode.AccessRequest, 0, default).Reserve(1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketWriter(new byte[1000], RadiusCode.AccessRequest, 0, default).Reserve(1, 254));
        Assert.Throws<ArgumentException>(() => new PacketWriter(new byte[19], RadiusCode.AccessRequest, 0, default).Length);
        Assert.Throws<ArgumentException>(() => new PacketWriter(destination, RadiusCode.AccessRequest, 0, new byte[15]).Length);

        var writer = new PacketWriter(destination, RadiusCode.AccessRequest, 0, default);
        writer.Add(1, [1, 2, 3]);

        Assert.Equal(25, writer.Complete().Length);
    }

    [Fact]
    public void No_more_than_4096_octets_are_written_wherever_there_is_room()
    {
        var writer = new PacketWriter(new byte[8192], RadiusCode.AccessRequest, 0, default);
        for (int i = 0; i < 15; i++)
        {
            writer.Reserve(25, 253);
        }

        writer.Reserve(25, 4096 - writer.Length - 2);

        Assert.Equal(4096, writer.Length);
        int thrown = 0;
        try
        {
            writer.Reserve(25, 0);
        }
        catch (ArgumentOutOfRangeException)
        {
            thrown++;
        }

        Assert.Equal(1, thrown);
    }
}
