using System.Security.Cryptography;
using System.Text;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa;

/// <summary>What a request offers as proof, and whether it is one. The work is the same whether there is such a user or not.</summary>
internal static class Credentials
{
    private const int DigestLength = 32;

    /// <summary>The one method of a request; several at once are none (RFC 2865 section 4.1).</summary>
    public static SignInMethod MethodOf(RadiusPacket request)
    {
        var pap = request.Attributes.CountOf(RadiusAttributeType.UserPassword);
        var chap = request.Attributes.CountOf(RadiusAttributeType.ChapPassword);
        var msChap2 = request.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Response, out _) ? 1 : 0;
        return (pap, chap, msChap2) switch
        {
            (1, 0, 0) => SignInMethod.Pap,
            (0, 1, 0) => SignInMethod.Chap,
            (0, 0, 1) => SignInMethod.MsChap2,
            (0, 0, 0) => SignInMethod.None,
            _ => SignInMethod.Several,
        };
    }

    /// <summary>Whether the request proves this password; null proves nothing.</summary>
    public static bool Prove(RadiusRequestContext context, SignInMethod method, string? password)
    {
        var octets = Encoding.UTF8.GetBytes(password ?? string.Empty);

        // The digests are computed for unknown users too: the time to answer must not tell who exists.
        var matches = method switch
        {
            SignInMethod.Pap => PapMatches(context, octets),
            SignInMethod.Chap => context.Request.VerifyChapPassword(octets),
            SignInMethod.MsChap2 => context.Request.VerifyMsChap2Response(NameOf(context.Request), octets),
            _ => false,
        };
        CryptographicOperations.ZeroMemory(octets);
        return matches & password is not null;
    }

    /// <summary>User-Name as it came: decoding could change octets that MS-CHAPv2 has digested.</summary>
    public static ReadOnlySpan<byte> NameOf(RadiusPacket request) =>
        request.Attributes.TryGetFirst(RadiusAttributeType.UserName, out var name) ? name : [];

    private static bool PapMatches(RadiusRequestContext context, ReadOnlySpan<byte> expected)
    {
        Span<byte> typed = stackalloc byte[Radius.Crypto.UserPassword.MaxLength];
        var readable = context.Request.TryGetUserPassword(context.Nas.Secret.Span, typed, out var length);
        Span<byte> left = stackalloc byte[DigestLength];
        Span<byte> right = stackalloc byte[DigestLength];

        // Digests, so that neither the length nor a common beginning shows in the time.
        SHA256.HashData(typed[..(readable ? length : 0)], left);
        SHA256.HashData(expected, right);
        CryptographicOperations.ZeroMemory(typed);
        return readable & CryptographicOperations.FixedTimeEquals(left, right);
    }
}
