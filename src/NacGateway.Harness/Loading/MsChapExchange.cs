using System.Security.Cryptography;
using NacGateway.Harness.Input;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Loading;

/// <summary>
/// A user's challenge, response and the proof that is expected for it, computed once: none of them depends on the packet, and the digests
/// and ciphers of MS-CHAPv2 would otherwise be the load generator's own limit. Immutable.
/// </summary>
internal sealed class MsChapExchange
{
    private readonly (byte Type, byte[] Value)[] _attributes;

    private MsChapExchange((byte Type, byte[] Value)[] attributes, byte[] proof) => (_attributes, Proof) = (attributes, proof);

    /// <summary>Value of MS-CHAP2-Success that only a server which knows the password can send.</summary>
    public byte[] Proof { get; }

    public static MsChapExchange Of(HarnessUser user)
    {
        Span<byte> challenges = stackalloc byte[2 * MsChapV2.ChallengeLength];
        RandomNumberGenerator.Fill(challenges);
        var request = new RadiusPacket(RadiusCode.AccessRequest);
        request.AddMsChap2Response((byte)(challenges[0] | 1), challenges[..MsChapV2.ChallengeLength], challenges[MsChapV2.ChallengeLength..], user.Name, user.Password);
        var reply = new RadiusPacket(RadiusCode.AccessAccept);
        reply.AddMsChap2Success(request, user.Name, user.Password);
        reply.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Success, out var proof);
        return new MsChapExchange([.. request.Attributes.Select(attribute => (attribute.Type, attribute.Value.ToArray()))], proof.ToArray());
    }

    /// <summary>Whether a reply's attributes hold the proof.</summary>
    public static bool IsProved(PacketReader reply, ReadOnlySpan<byte> proof)
    {
        foreach (var attribute in reply)
        {
            if (attribute.Type == RadiusAttributeType.VendorSpecific && Holds(attribute.Value, proof))
            {
                return true;
            }
        }

        return false;
    }

    public void AddTo(ref PacketWriter writer)
    {
        foreach (var (type, value) in _attributes)
        {
            writer.Add(type, value);
        }
    }

    /// <summary>A message may follow the digest (RFC 2548 section 2.3.3), and other attributes of the vendor may stand before it.</summary>
    private static bool Holds(ReadOnlySpan<byte> vendorSpecific, ReadOnlySpan<byte> proof)
    {
        var list = new AttributeList();
        list.Add(RadiusAttributeType.VendorSpecific, vendorSpecific);
        return list.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Success, out var success) && success.StartsWith(proof);
    }
}
