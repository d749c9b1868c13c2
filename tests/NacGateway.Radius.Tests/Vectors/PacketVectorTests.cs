using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Vectors;

/// <summary>Every published packet: framing, fields, digests, and the octets again from our own signer.</summary>
public sealed class PacketVectorTests
{
    public static TheoryData<string, string> Requests() => Select((file, section) => !IsReply(file, section) && !file.Has(section, "parse"));

    public static TheoryData<string, string> Replies() => Select(IsReply);

    [Theory]
    [MemberData(nameof(Requests))]
    [MemberData(nameof(Replies))]
    [Requirement("RPKT-1")]
    public void Packet_has_the_published_header_and_survives_a_round_trip(string vector, string section)
    {
        VectorFile file = VectorFile.Load(vector);
        byte[] octets = file.Octets(section, "packet");

        Assert.True(RadiusPacket.TryParse(octets, out RadiusPacket? packet, out PacketError error), error.ToString());

        byte[] written = new byte[packet.EncodedLength];
        packet.WriteTo(written);
        Assert.Equal(octets, written);
        Assert.Equal(file.Number(section, "code"), (int)packet.Code);
        Assert.Equal(file.Number(section, "identifier"), packet.Identifier);
        Assert.Equal(file.Number(section, "length"), packet.EncodedLength);
    }

    [Theory]
    [MemberData(nameof(Replies))]
    [Requirement("RMA-2")]
    public void Reply_verifies_with_the_authenticator_of_its_request(string vector, string section)
    {
        VectorFile file = VectorFile.Load(vector);
        byte[] packet = file.Octets(section, "packet");
        PacketVerdict expected = file.Has(section, "message-authenticator") ? PacketVerdict.Authentic : PacketVerdict.AuthenticWithoutMessageAuthenticator;

        PacketVerdict verdict = Authenticators.VerifyReply(packet, file.Octets(section, "request-authenticator"), file.Octets(section, "secret"));

        Assert.Equal(expected, verdict);
    }

    [Theory]
    [MemberData(nameof(Replies))]
    [Requirement("RMA-2")]
    public void Reply_signed_by_us_has_the_published_octets(string vector, string section)
    {
        VectorFile file = VectorFile.Load(vector);
        byte[] published = file.Octets(section, "packet");
        byte[] ours = WithoutDigests(published, clearAuthenticator: true);

        Authenticators.SignReply(ours, file.Octets(section, "request-authenticator"), file.Octets(section, "secret"));

        Assert.Equal(published, ours);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    [Requirement("RMA-1")]
    public void Request_verifies(string vector, string section)
    {
        VectorFile file = VectorFile.Load(vector);
        PacketVerdict expected = file.Has(section, "message-authenticator") ? PacketVerdict.Authentic : PacketVerdict.AuthenticWithoutMessageAuthenticator;

        PacketVerdict verdict = Authenticators.VerifyRequest(file.Octets(section, "packet"), file.Octets(section, "secret"));

        Assert.Equal(expected, verdict);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    [Requirement("RMA-1")]
    public void Request_signed_by_us_has_the_published_octets(string vector, string section)
    {
        VectorFile file = VectorFile.Load(vector);
        byte[] published = file.Octets(section, "packet");
        byte[] ours = WithoutDigests(published, clearAuthenticator: false);

        Authenticators.SignRequest(ours, file.Octets(section, "secret"));

        Assert.Equal(published, ours);
    }

    [Fact]
    public void Rfc2865_7_3_response_as_printed_overruns_and_is_refused()
    {
        bool parsed = RadiusPacket.TryParse(VectorFile.Load("rfc2865-7.3").Octets("response-malformed", "packet"), out _, out PacketError error);

        Assert.False(parsed);
        Assert.Equal(PacketError.AttributeOverrun, error);
    }

    private static TheoryData<string, string> Select(Func<VectorFile, string, bool> predicate)
    {
        var data = new TheoryData<string, string>();
        foreach (string name in VectorFile.Names())
        {
            VectorFile file = VectorFile.Load(name);
            foreach (string section in file.Sections.Where(section => file.Has(section, "packet") && predicate(file, section)))
            {
                data.Add(name, section);
            }
        }

        return data;
    }

    private static bool IsReply(VectorFile file, string section) => file.Has(section, "response-authenticator");

    private static byte[] WithoutDigests(byte[] published, bool clearAuthenticator)
    {
        byte[] packet = [.. published];
        if (clearAuthenticator)
        {
            packet.AsSpan(4, 16).Clear();
        }

        for (int offset = RadiusPacket.HeaderLength; offset < packet.Length; offset += packet[offset + 1])
        {
            if (packet[offset] == 80)
            {
                packet.AsSpan(offset + 2, 16).Clear();
            }
        }

        return packet;
    }
}
