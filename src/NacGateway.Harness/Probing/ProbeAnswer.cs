using NacGateway.Harness.Sending;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Probing;

/// <summary>What came back for one datagram.</summary>
/// <param name="Octets">The first datagram that came; null for silence.</param>
/// <param name="Packet">The same, read; null when it is none that answers the request and is authentic.</param>
/// <param name="IsSigned">Whether it has a Message-Authenticator, which is right.</param>
/// <param name="Elapsed">From sending to receiving.</param>
/// <param name="IsRefused">Whether the network said that nobody is there.</param>
internal sealed record ProbeAnswer(byte[]? Octets, RadiusPacket? Packet, bool IsSigned, TimeSpan Elapsed, bool IsRefused)
{
    private const int AuthenticatorOffset = 4;

    public bool IsSilence => Octets is null;

    public string Outcome => PacketOutcome.Of(Packet?.Code);

    /// <summary>Whether the Message-Authenticator is the first attribute.</summary>
    public bool IsSignedFirst => IsSigned && Packet!.Attributes.First().Type == RadiusAttributeType.MessageAuthenticator;

    public static ProbeAnswer Of(byte[] request, byte[] secret, DatagramPort.Received received, TimeSpan elapsed)
    {
        if (received.Octets is not { } octets || PacketReader.TryRead(octets, out var reader) != PacketError.None || octets[1] != request[1])
        {
            return new ProbeAnswer(received.Octets, null, false, elapsed, received.IsRefused);
        }

        var verdict = Authenticators.VerifyReply(reader.Packet, request.AsSpan(AuthenticatorOffset, RadiusPacket.AuthenticatorLength), secret);
        var isAuthentic = verdict is PacketVerdict.Authentic or PacketVerdict.AuthenticWithoutMessageAuthenticator;
        return new ProbeAnswer(octets, isAuthentic && RadiusPacket.TryParse(reader.Packet, out var packet, out _) ? packet : null, verdict == PacketVerdict.Authentic, elapsed, false);
    }
}
