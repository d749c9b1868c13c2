using System.Buffers.Binary;
using System.Security.Cryptography;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using Xunit;

namespace NacGateway.Radius.Tests.Crypto;

public sealed class AuthenticatorsTests
{
    private static readonly byte[] Secret = "a secret of more than 16 octets"u8.ToArray();
    private static readonly byte[] RequestAuthenticator = [.. Enumerable.Range(100, 16).Select(value => (byte)value)];

    public static TheoryData<RadiusCode> RequestCodes() =>
        [RadiusCode.AccessRequest, RadiusCode.AccountingRequest, RadiusCode.StatusServer, RadiusCode.DisconnectRequest, RadiusCode.CoaRequest];

    public static TheoryData<RadiusCode> ReplyCodes() =>
    [
        RadiusCode.AccessAccept, RadiusCode.AccessReject, RadiusCode.AccessChallenge, RadiusCode.AccountingResponse, RadiusCode.DisconnectAck,
        RadiusCode.DisconnectNak, RadiusCode.CoaAck, RadiusCode.CoaNak, RadiusCode.ProtocolError,
    ];

    [Theory]
    [MemberData(nameof(RequestCodes))]
    public void Signed_request_is_authentic_wherever_its_Message_Authenticator_stands(RadiusCode code)
    {
        for (int position = 0; position < 3; position++)
        {
            byte[] packet = Build(code, position);

            Authenticators.SignRequest(packet, Secret);

            Assert.Equal(PacketVerdict.Authentic, Authenticators.VerifyRequest(packet, Secret));
            Assert.Equal(Build(code, position).Where(IsFraming(position)), packet.Where(IsFraming(position)));
        }
    }

    [Theory]
    [MemberData(nameof(ReplyCodes))]
    public void Signed_reply_is_authentic_for_its_request_only(RadiusCode code)
    {
        byte[] packet = Build(code, position: 1);

        Authenticators.SignReply(packet, RequestAuthenticator, Secret);

        Assert.Equal(PacketVerdict.Authentic, Authenticators.VerifyReply(packet, RequestAuthenticator, Secret));
        Assert.Equal(PacketVerdict.WrongAuthenticator, Authenticators.VerifyReply(packet, new byte[16], Secret));
        Assert.Equal(PacketVerdict.WrongAuthenticator, Authenticators.VerifyReply(packet, RequestAuthenticator, "another"u8));
    }

    [Theory]
    [MemberData(nameof(ReplyCodes))]
    public void Every_flipped_bit_of_a_reply_is_noticed(RadiusCode code)
    {
        byte[] packet = Build(code, position: 0);
        Authenticators.SignReply(packet, RequestAuthenticator, Secret);

        for (int bit = 0; bit < packet.Length * 8; bit++)
        {
            byte[] flipped = [.. packet];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            // A flip that breaks the framing never comes so far.
            if (PacketReader.TryRead(flipped, out PacketReader reader) == PacketError.None)
            {
                PacketVerdict verdict = Authenticators.VerifyReply(reader.Packet, RequestAuthenticator, Secret);
                Assert.True(verdict is PacketVerdict.WrongAuthenticator or PacketVerdict.MalformedMessageAuthenticator, $"Bit {bit}: {verdict}");
            }
        }
    }

    [Theory]
    [InlineData(RadiusCode.AccountingRequest)]
    [InlineData(RadiusCode.CoaRequest)]
    [InlineData(RadiusCode.DisconnectRequest)]
    public void Request_Authenticator_of_these_codes_is_the_digest_with_zeros_in_its_place(RadiusCode code)
    {
        byte[] packet = Build(code, position: -1);
        byte[] digested = [.. packet, .. Secret];
        digested.AsSpan(4, 16).Clear();

        Authenticators.SignRequest(packet, Secret);

        byte[] expected = new byte[16];
        RadiusDigest.Md5(digested, expected);
        Assert.Equal(expected, packet[4..20]);
        Assert.Equal(PacketVerdict.WrongAuthenticator, Authenticators.VerifyRequest(packet, "another"u8));
    }

    [Fact]
    public void Random_authenticator_of_Access_Request_and_Status_Server_is_kept()
    {
        foreach (RadiusCode code in new[] { RadiusCode.AccessRequest, RadiusCode.StatusServer })
        {
            byte[] packet = Build(code, position: 0);

            Authenticators.SignRequest(packet, Secret);

            Assert.Equal(RequestAuthenticator, packet[4..20]);
        }
    }

    [Fact]
    public void Message_Authenticator_that_is_wrong_under_a_right_Response_Authenticator_is_told_apart()
    {
        byte[] packet = Build(RadiusCode.AccessAccept, position: 0);
        Authenticators.SignReply(packet, RequestAuthenticator, Secret);
        packet[30] ^= 1;
        RequestAuthenticator.CopyTo(packet.AsSpan(4));
        RadiusDigest.Md5(packet, Secret, packet.AsSpan(4, 16));

        Assert.Equal(PacketVerdict.WrongMessageAuthenticator, Authenticators.VerifyReply(packet, RequestAuthenticator, Secret));
    }

    [Fact]
    public void Access_Request_with_another_secret_has_a_wrong_Message_Authenticator()
    {
        byte[] packet = Build(RadiusCode.AccessRequest, position: 2);
        Authenticators.SignRequest(packet, Secret);

        Assert.Equal(PacketVerdict.WrongMessageAuthenticator, Authenticators.VerifyRequest(packet, "another"u8));
    }

    [Fact]
    public void Reply_without_Message_Authenticator_is_authentic_without_it()
    {
        byte[] packet = Build(RadiusCode.AccessAccept, position: -1);
        Authenticators.SignReply(packet, RequestAuthenticator, Secret);

        Assert.Equal(PacketVerdict.AuthenticWithoutMessageAuthenticator, Authenticators.VerifyReply(packet, RequestAuthenticator, Secret));
    }

    [Theory]
    [InlineData(79, PacketVerdict.EapWithoutMessageAuthenticator)]
    [InlineData(24, PacketVerdict.AuthenticWithoutMessageAuthenticator)]
    public void EAP_Message_wants_a_Message_Authenticator(byte type, PacketVerdict expected)
    {
        var packet = new RadiusPacket(RadiusCode.AccessChallenge);
        packet.Attributes.Add(type, [1, 2, 3]);
        byte[] octets = new byte[packet.EncodedLength];
        packet.WriteTo(octets);
        Authenticators.SignReply(octets, RequestAuthenticator, Secret);

        Assert.Equal(expected, Authenticators.VerifyReply(octets, RequestAuthenticator, Secret));
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(0)]
    public void Several_Message_Authenticators_or_one_of_another_length_are_malformed(params int[] lengths)
    {
        var packet = new RadiusPacket(RadiusCode.AccessAccept);
        foreach (int length in lengths)
        {
            packet.Attributes.Reserve(80, length);
        }

        byte[] octets = new byte[packet.EncodedLength];
        packet.WriteTo(octets);

        Assert.Equal(PacketVerdict.MalformedMessageAuthenticator, Authenticators.VerifyReply(octets, RequestAuthenticator, Secret));
        Assert.Throws<ArgumentException>(() => Authenticators.SignReply(octets, RequestAuthenticator, Secret));
    }

    [Fact]
    public void Packet_with_padding_is_not_signed()
    {
        byte[] padded = [.. Build(RadiusCode.AccessRequest, position: 0), 0];

        Assert.Throws<ArgumentException>(() => Authenticators.SignRequest(padded, Secret));
    }

    [Fact]
    public void Largest_packet_and_a_long_secret_are_signed_and_verified()
    {
        byte[] secret = RandomNumberGenerator.GetBytes(4096);
        var packet = new RadiusPacket(RadiusCode.AccountingRequest);
        for (int i = 0; i < 15; i++)
        {
            packet.Attributes.Reserve(25, 253);
        }

        packet.Attributes.Reserve(25, AttributeList.MaxEncodedLength - packet.Attributes.Encoded.Length - 2);
        byte[] octets = new byte[packet.EncodedLength];
        packet.WriteTo(octets);

        Authenticators.SignRequest(octets, secret);

        Assert.Equal(RadiusPacket.MaxLength, octets.Length);
        Assert.Equal(PacketVerdict.AuthenticWithoutMessageAuthenticator, Authenticators.VerifyRequest(octets, secret));
    }

    /// <summary>A packet of three attributes, or of two when the position of the Message-Authenticator is negative.</summary>
    private static byte[] Build(RadiusCode code, int position)
    {
        Span<byte> destination = stackalloc byte[256];
        var writer = new PacketWriter(destination, code, 7, RequestAuthenticator);
        for (int i = 0; i < 3; i++)
        {
            if (i == position)
            {
                writer.AddMessageAuthenticator();
            }
            else if (i > 0 || position >= 0)
            {
                writer.AddText((byte)(30 + i), "AA-BB-CC-DD-EE-FF");
            }
        }

        byte[] packet = writer.Complete().ToArray();
        Assert.Equal(packet.Length, BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2)));
        return packet;
    }

    /// <summary>All octets but the authenticator and the Message-Authenticator at a position, where the other attributes are 19 octets long.</summary>
    private static Func<byte, int, bool> IsFraming(int position) => (_, index) =>
        index is < 4 or >= 20 && (index < 20 + (position * 19) + 2 || index >= 20 + (position * 19) + 18);
}
