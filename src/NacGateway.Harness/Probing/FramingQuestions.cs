using System.Security.Cryptography;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Probing;

/// <summary>What is malformed, unknown or forged must be dropped without a word; what is only unusual must be answered.</summary>
internal static class FramingQuestions
{
    private const string Framing = "RFC 2865 section 3";
    private const string Attributes = "RFC 2865 section 5";
    private const byte UnknownType = 223;
    private const byte UnknownCode = 200;
    private const int SignatureOffset = RadiusPacket.HeaderLength + 2;

    public static IReadOnlyList<ProbeQuestion> All { get; } =
    [
        Silent("length-short", "Drops a Length below 20", Framing, prober => Prober.WithLength(Plain(prober), RadiusPacket.HeaderLength - 1)),
        Silent("length-long", "Drops a Length beyond the datagram", Framing, prober => Plain(prober) is var octets ? Prober.WithLength(octets, octets.Length + 1) : octets),
        Silent("oversized", "Drops a packet of more than 4096 octets", Framing, Oversized),
        Silent("attribute-length-0", "Drops an attribute of length 0", Attributes, prober => BadAttribute(prober, 0)),
        Silent("attribute-length-1", "Drops an attribute of length 1", Attributes, prober => BadAttribute(prober, 1)),
        Silent("attribute-overrun", "Drops an attribute beyond the packet", Attributes, prober => BadAttribute(prober, 40)),
        Silent("ma-wrong", "Drops a wrong Message-Authenticator", "RFC 3579 section 3.2", WrongSignature),
        Silent("wrong-secret", "Drops what another secret signed", "RFC 3579 section 3.2", prober => prober.Encode(prober.Access(), RandomNumberGenerator.GetBytes(16))),
        Silent("unknown-code", "Drops an unknown code", Framing, UnknownCodePacket),
        Silent("reply-code", "Drops a reply that nobody asked for", Framing, prober => prober.Encode(new ProbeRequest(new PlainRequest { Code = RadiusCode.AccessAccept, Attributes = new GivenAttributes([]), IsSigned = true }, null))),
        Answered("padding", "Ignores octets behind the packet", Framing, prober => [.. Plain(prober), 0, 1, 2, 3]),
        Answered("unknown-attribute", "Ignores attributes that it does not know", Attributes, prober => prober.Encode(prober.Access(AddUnknown))),
        Answered("largest", "Answers a request of 4096 octets", Framing, prober => prober.Encode(prober.Access(Grow))),
        new("proxy-state", "Returns Proxy-State unchanged and in order", "RFC 2865 section 5.33", true, ProxyStateAsync),
    ];

    private static byte[] Plain(Prober prober) => prober.Encode(prober.Access());

    private static ProbeQuestion Silent(string id, string title, string rule, Func<Prober, byte[]> build) => new(id, title, rule, true, async (prober, cancellationToken) =>
    {
        var answer = await prober.ProvokeAsync(build(prober), cancellationToken);
        return answer.IsSilence
            ? ProbeVerdict.Good("silence")
            : ProbeVerdict.Bad($"an answer ({(answer.Packet is null ? "not authentic" : answer.Outcome)})", "The server takes what it must drop; it may take more that it should not.");
    });

    private static ProbeQuestion Answered(string id, string title, string rule, Func<Prober, byte[]> build) => new(id, title, rule, true, async (prober, cancellationToken) =>
    {
        var usual = prober.Plain!.Outcome;
        var answer = await prober.AskAsync(build(prober), cancellationToken);
        return answer.Packet is null ? ProbeVerdict.Bad("no answer", "A request that the RFC allows is lost on this server.")
            : answer.Outcome == usual ? ProbeVerdict.Good($"{answer.Outcome}, as without")
            : ProbeVerdict.Weak($"{answer.Outcome}, where the plain request gets {usual}", "The server's answer depends on what should not matter.");
    });

    private static async Task<ProbeVerdict> ProxyStateAsync(Prober prober, CancellationToken cancellationToken)
    {
        byte[][] states = [[1], RandomNumberGenerator.GetBytes(16), [0, 255, 0], [1]];
        var request = prober.Encode(prober.Access(packet =>
        {
            foreach (var state in states)
            {
                packet.Attributes.Add(RadiusAttributeType.ProxyState, state);
            }
        }));
        var answer = await prober.AskAsync(request, cancellationToken);
        if (answer.Packet is not { } reply)
        {
            return ProbeVerdict.Bad("no answer", "The server drops requests that came through a proxy.");
        }

        byte[][] returned = [.. reply.Attributes.Where(attribute => attribute.Type == RadiusAttributeType.ProxyState).Select(attribute => attribute.Value.ToArray())];
        return returned.Length == states.Length && returned.Zip(states).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second))
            ? ProbeVerdict.Good("all four came back in order")
            : ProbeVerdict.Bad($"{returned.Length} of four came back, or in another order", "A proxy cannot bring such an answer home.");
    }

    private static byte[] Oversized(Prober prober)
    {
        // Rightly signed and as long as it says: nothing but its size is wrong.
        var octets = new byte[RadiusPacket.MaxLength + 255];
        var plain = Plain(prober);
        plain.CopyTo(octets, 0);
        for (var offset = plain.Length; offset < octets.Length;)
        {
            var length = Math.Min(octets.Length - offset, 255);
            length = octets.Length - offset - length is 1 ? length - 1 : length;
            octets[offset] = UnknownType;
            octets[offset + 1] = (byte)length;
            offset += length;
        }

        octets = Prober.WithLength(octets, octets.Length);
        octets.AsSpan(SignatureOffset, RadiusPacket.AuthenticatorLength).Clear();
        ProbeSignature.Write(octets, SignatureOffset, prober.Target.Secret);
        return octets;
    }

    /// <summary>The last attribute claims another length; Message-Authenticator covers that, so that nothing else is wrong.</summary>
    private static byte[] BadAttribute(Prober prober, byte length)
    {
        byte[] octets = [.. Plain(prober), UnknownType, length, 0, 0];
        octets = Prober.WithLength(octets, octets.Length);
        octets.AsSpan(SignatureOffset, RadiusPacket.AuthenticatorLength).Clear();
        ProbeSignature.Write(octets, SignatureOffset, prober.Target.Secret);
        return octets;
    }

    private static byte[] WrongSignature(Prober prober)
    {
        var octets = Plain(prober);
        octets[SignatureOffset] ^= 1;
        return octets;
    }

    private static byte[] UnknownCodePacket(Prober prober)
    {
        var octets = Plain(prober);
        octets[0] = UnknownCode;
        octets.AsSpan(SignatureOffset, RadiusPacket.AuthenticatorLength).Clear();
        ProbeSignature.Write(octets, SignatureOffset, prober.Target.Secret);
        return octets;
    }

    private static void AddUnknown(RadiusPacket packet)
    {
        packet.Attributes.Add(UnknownType, [1, 2, 3]);

        // 32473 is the enterprise number for examples (RFC 5612).
        packet.Attributes.AddVendor(32473, 200, [1, 2, 3]);
    }

    private static void Grow(RadiusPacket packet)
    {
        while (packet.EncodedLength < RadiusPacket.MaxLength)
        {
            var room = RadiusPacket.MaxLength - packet.EncodedLength;
            var length = Math.Min(room, 255);
            length = room - length is > 0 and < 9 ? length - 9 : length;
            packet.Attributes.AddVendor(32473, 200, new byte[length - 8]);
        }
    }
}
