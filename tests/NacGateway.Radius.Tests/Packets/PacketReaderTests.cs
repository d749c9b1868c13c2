using System.Buffers.Binary;
using System.Globalization;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;
using Xunit;

namespace NacGateway.Radius.Tests.Packets;

/// <summary>Framing: what is refused and why, and that nothing from the network throws.</summary>
public sealed class PacketReaderTests
{
    /// <summary>Set NACGATEWAY_FUZZ_ROUNDS for longer runs; the seed makes each run the same.</summary>
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("NACGATEWAY_FUZZ_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) ? rounds : 2_000;

    private static byte[] Valid()
    {
        var packet = new RadiusPacket(RadiusCode.AccessAccept, 9);
        packet.AddMessageAuthenticator();
        packet.UserName = "alice";
        packet.SessionTimeout = 60;
        packet.Attributes.AddVendor(VendorId.Wispr, WisprAttributeType.BandwidthMaxUp, [0, 0, 1, 0]);
        packet.Attributes.AddExtended(245, 4, new byte[300]);
        packet.Attributes.Add(81, [1, 0x31]);
        byte[] octets = new byte[packet.EncodedLength];
        packet.WriteTo(octets);
        return octets;
    }

    public static TheoryData<string, PacketError> Damaged() => new()
    {
        { "", PacketError.HeaderTruncated },
        { "02", PacketError.HeaderTruncated },
        { "0200001400000000000000000000000000000000"[..38], PacketError.HeaderTruncated },
        { "0200001300000000000000000000000000000000", PacketError.LengthOutOfRange },
        { "0200000000000000000000000000000000000000", PacketError.LengthOutOfRange },
        { "0200100100000000000000000000000000000000", PacketError.LengthOutOfRange },
        { "0200001500000000000000000000000000000000", PacketError.Truncated },
        { "020000150000000000000000000000000000000001", PacketError.AttributeHeaderTruncated },
        { "02000016000000000000000000000000000000000100", PacketError.AttributeLengthTooSmall },
        { "02000016000000000000000000000000000000000101", PacketError.AttributeLengthTooSmall },
        { "02000016000000000000000000000000000000000103", PacketError.AttributeOverrun },
        { "0200001800000000000000000000000000000000010241FF", PacketError.AttributeOverrun },
        { "0200001400000000000000000000000000000000", PacketError.None },
        { "02000016000000000000000000000000000000000102", PacketError.None },
        { "0200001400000000000000000000000000000000FFFFFFFFFFFFFF", PacketError.None },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Every_fault_of_the_framing_has_its_reason(string hex, PacketError expected)
    {
        byte[] datagram = Convert.FromHexString(hex);

        bool isParsed = RadiusPacket.TryParse(datagram, out RadiusPacket? packet, out PacketError error);

        Assert.Equal(expected, error);
        Assert.Equal(expected == PacketError.None, isParsed);
        Assert.Equal(isParsed, packet is not null);
        Assert.Equal(expected, PacketReader.TryRead(datagram, out _));
    }

    [Fact]
    public void Every_reason_is_covered_above() =>
        Assert.Equal(Enum.GetValues<PacketError>().Order(), Damaged().Select(row => row.Data.Item2).Distinct().Order());

    [Fact]
    public void Packet_cut_at_any_length_is_refused()
    {
        byte[] valid = Valid();

        for (int length = 0; length < valid.Length; length++)
        {
            PacketError error = PacketReader.TryRead(valid.AsSpan(0, length), out _);

            Assert.Equal(length < RadiusPacket.HeaderLength ? PacketError.HeaderTruncated : PacketError.Truncated, error);
        }
    }

    [Fact]
    public void Packet_cut_with_a_Length_field_to_match_is_refused_unless_an_attribute_ends_there()
    {
        byte[] valid = Valid();
        var ends = new HashSet<int> { RadiusPacket.HeaderLength };
        for (int offset = RadiusPacket.HeaderLength; offset < valid.Length; offset += valid[offset + 1])
        {
            ends.Add(offset + valid[offset + 1]);
        }

        for (int length = RadiusPacket.HeaderLength; length <= valid.Length; length++)
        {
            byte[] cut = valid[..length];
            BinaryPrimitives.WriteUInt16BigEndian(cut.AsSpan(2), (ushort)length);

            Assert.Equal(ends.Contains(length), PacketReader.TryRead(cut, out _) == PacketError.None);
        }
    }

    [Fact]
    public void Largest_packet_is_read_and_one_octet_more_is_not()
    {
        byte[] datagram = new byte[4097];
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), 4096);
        for (int offset = 20, size; offset < 4096; offset += size)
        {
            size = 4096 - offset is var rest && rest - 255 == 1 ? 254 : Math.Min(255, rest);
            datagram[offset + 1] = (byte)size;
        }

        Assert.Equal(PacketError.None, PacketReader.TryRead(datagram, out PacketReader reader));
        Assert.Equal(4096, reader.Packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), 4097);
        Assert.Equal(PacketError.LengthOutOfRange, PacketReader.TryRead(datagram, out _));
    }

    [Fact]
    public void Unknown_types_duplicates_and_empty_values_survive_a_round_trip_in_order()
    {
        byte[] datagram = [99, 1, 0, 33, .. new byte[16], 200, 2, 1, 3, 65, 200, 2, 1, 3, 66, 0, 3, 67];

        Assert.True(RadiusPacket.TryParse(datagram, out RadiusPacket? packet, out _));
        byte[] written = new byte[packet.EncodedLength];
        packet.WriteTo(written);

        Assert.Equal(datagram, written);
        Assert.Equal(5, packet.Attributes.Count);
        Assert.Equal(2, packet.Attributes.CountOf(1));
        Assert.Equal([200, 1, 200, 1, 0], packet.Attributes.Select(attribute => attribute.Type));
    }

    [Fact]
    public void Reader_walks_what_the_list_walks()
    {
        byte[] valid = Valid();
        Assert.True(RadiusPacket.TryParse(valid, out RadiusPacket? packet, out _));
        Assert.Equal(PacketError.None, PacketReader.TryRead(valid, out PacketReader reader));
        var walked = new List<byte>();

        foreach (PacketReader.Enumerator attribute in reader)
        {
            walked.Add(attribute.Type);
            walked.AddRange(attribute.Value);
        }

        Assert.Equal(packet.Attributes.SelectMany(attribute => (byte[])[attribute.Type, .. attribute.Value.Span]), walked);
        Assert.Equal(packet.Attributes.Count, reader.Count);
        Assert.Equal((RadiusCode.AccessAccept, (byte)9), (reader.Code, reader.Identifier));
    }

    [Fact]
    public void Random_octets_never_throw_and_what_parses_survives_everything_we_do()
    {
        var random = new Random(20261123);
        byte[] octets = new byte[600];
        int parsed = 0;
        for (int round = 0; round < Rounds; round++)
        {
            int length = random.Next(0, octets.Length);
            random.NextBytes(octets);
            if (length >= 4)
            {
                // Mostly a Length field that fits and attributes of small sizes, or nearly nothing would get past the first check.
                BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(2), (ushort)(round % 8 == 0 ? random.Next(0, 700) : length));
                Tile(octets.AsSpan(0, length), random, isDamaged: round % 3 == 0);
            }

            parsed += Exercise(octets.AsSpan(0, length)) ? 1 : 0;
        }

        Assert.True(parsed > Rounds / 4, $"Only {parsed} of {Rounds} packets got past the framing.");
    }

    [Fact]
    public void Packet_with_flipped_bits_never_throws()
    {
        var random = new Random(5176);
        byte[] valid = Valid();
        for (int bit = 0; bit < valid.Length * 8; bit++)
        {
            byte[] flipped = [.. valid];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Exercise(flipped);
        }

        for (int round = 0; round < Rounds; round++)
        {
            byte[] flipped = [.. valid];
            for (int flips = random.Next(1, 20); flips > 0; flips--)
            {
                flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            }

            Exercise(flipped);
        }
    }

    /// <summary>Cuts the octets behind the header into attributes of random types that matter and random lengths.</summary>
    private static void Tile(Span<byte> packet, Random random, bool isDamaged)
    {
        byte[] types = [1, 2, 3, 24, 26, 26, 26, 64, 69, 79, 80, 81, 97, 241, 242, 245, 245, 246, 190];
        for (int offset = RadiusPacket.HeaderLength, size; offset + 2 <= packet.Length; offset += size)
        {
            size = Math.Min(random.Next(2, 60), packet.Length - offset);
            size = packet.Length - offset - size == 1 ? size + 1 : size;
            packet[offset] = types[random.Next(types.Length)];
            packet[offset + 1] = (byte)(isDamaged && random.Next(10) == 0 ? random.Next(256) : size);
            if (packet[offset] == 26 && size > 8 && random.Next(4) != 0)
            {
                BinaryPrimitives.WriteUInt32BigEndian(packet[(offset + 2)..], random.Next(2) == 0 ? VendorId.Microsoft : VendorId.Wispr);
                packet[offset + 7] = (byte)(size - 6);
            }
        }
    }

    private static bool Exercise(ReadOnlySpan<byte> datagram)
    {
        PacketError error = PacketReader.TryRead(datagram, out PacketReader reader);
        bool isParsed = RadiusPacket.TryParse(datagram, out RadiusPacket? packet, out PacketError same);
        Assert.Equal(error, same);
        if (!isParsed)
        {
            return false;
        }

        Assert.NotNull(packet);
        byte[] written = new byte[packet.EncodedLength];
        packet.WriteTo(written);
        Assert.Equal(reader.Packet, written);
        PacketVerdict verdict = Authenticators.VerifyReply(reader.Packet, new byte[16], "secret"u8);
        Assert.True(verdict is PacketVerdict.WrongAuthenticator or PacketVerdict.MalformedMessageAuthenticator);
        Authenticators.VerifyRequest(reader.Packet, "secret"u8);
        PacketPrinter.Print(packet, AttributeDictionary.Default, TextWriter.Null);
        byte[] clear = new byte[256];
        packet.TryGetUserPassword("secret"u8, clear, out _);
        packet.VerifyChapPassword("password"u8);
        packet.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.ChapError, out ReadOnlySpan<byte> value);
        _ = MsChapError.TryParse(value, out _);
        packet.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.MppeSendKey, out value);
        SaltEncryption.TryDecrypt(value, "secret"u8, new byte[16], clear, out _);
        return true;
    }
}
