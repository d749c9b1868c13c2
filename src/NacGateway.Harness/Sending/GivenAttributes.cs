using System.Security.Cryptography;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Sending;

/// <summary>The attributes that the caller gave for one packet, in that order.</summary>
/// <param name="Items">The attributes.</param>
internal sealed record GivenAttributes(IReadOnlyList<AttributeAssignment> Items)
{
    private static readonly byte[] s_nas = [RadiusAttributeType.NasIpAddress, RadiusAttributeType.NasIdentifier, RadiusAttributeType.NasIPv6Address];

    /// <summary>Whether one of the type is given.</summary>
    public bool Has(byte type) => Items.Any(item => IsOf(item, type));

    /// <summary>The value of the first one of a type; null when there is none.</summary>
    public byte[]? First(byte type) => Items.FirstOrDefault(item => IsOf(item, type))?.Value.ToArray();

    public static bool IsOf(AttributeAssignment item, byte type) => item.Definition.Path.Count == 1 && item.Definition.Path[0] == type;

    /// <summary>
    /// Adds all. As radclient has it, a CHAP-Password that is no 17 octets is the password to compute one from, over CHAP-Challenge where
    /// that is given (RFC 2865 section 2.2), and Message-Authenticator says that there is one, whatever its value.
    /// </summary>
    public void AddTo(RadiusPacket request, byte[] secret)
    {
        foreach (var item in Items)
        {
            if (IsOf(item, RadiusAttributeType.MessageAuthenticator))
            {
                if (request.Attributes.CountOf(RadiusAttributeType.MessageAuthenticator) == 0)
                {
                    request.Attributes.Reserve(RadiusAttributeType.MessageAuthenticator, RadiusPacket.AuthenticatorLength);
                }
            }
            else if (IsOf(item, RadiusAttributeType.ChapPassword) && item.Value.Length != ChapPassword.ValueLength)
            {
                AddChapPassword(request, item.Value.Span);
            }
            else
            {
                item.AddTo(request, secret, request.Authenticator);
            }
        }
    }

    private void AddChapPassword(RadiusPacket request, ReadOnlySpan<byte> password)
    {
        var ident = RandomNumberGenerator.GetBytes(1)[0];
        if (First(RadiusAttributeType.ChapChallenge) is not { } challenge)
        {
            request.AddChapPassword(ident, password);
            return;
        }

        var value = request.Attributes.Reserve(RadiusAttributeType.ChapPassword, ChapPassword.ValueLength);
        value[0] = ident;
        ChapPassword.Compute(ident, password, challenge, value[1..]);
    }

    /// <summary>Names the NAS where nothing does: one of three attributes must (RFC 2865 section 4.1).</summary>
    public static void NameNas(RadiusPacket request)
    {
        if (!s_nas.Any(type => request.Attributes.CountOf(type) > 0))
        {
            request.NasIdentifier = "nac-harness";
        }
    }
}
