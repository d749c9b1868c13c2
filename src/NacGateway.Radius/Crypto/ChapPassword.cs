using System.Security.Cryptography;

namespace NacGateway.Radius.Crypto;

/// <summary>CHAP over RADIUS (RFC 1994, RFC 2865 section 5.3). Stateless, safe for concurrent use, allocates nothing.</summary>
public static class ChapPassword
{
    /// <summary>Octets of the CHAP-Password attribute's value: the CHAP ident and the response.</summary>
    public const int ValueLength = 17;

    /// <summary>Octets of the response alone.</summary>
    public const int ResponseLength = 16;

    /// <summary>Computes the response: MD5 of ident, password and challenge.</summary>
    /// <param name="ident">CHAP ident, chosen by the client.</param>
    /// <param name="password">The clear password.</param>
    /// <param name="challenge">The CHAP-Challenge attribute, or the Request Authenticator where there is none (RFC 2865 section 2.2).</param>
    /// <param name="destination16">At least 16 octets.</param>
    public static void Compute(byte ident, ReadOnlySpan<byte> password, ReadOnlySpan<byte> challenge, Span<byte> destination16)
    {
        using var scratch = new Scratch(1 + password.Length + challenge.Length);
        scratch.Span[0] = ident;
        password.CopyTo(scratch.Span[1..]);
        challenge.CopyTo(scratch.Span[(1 + password.Length)..]);
        RadiusDigest.Md5(scratch.Span, destination16);
    }

    /// <summary>Checks a received CHAP-Password in constant time.</summary>
    /// <param name="chapPasswordAttributeValue17">The attribute's value: ident and response.</param>
    /// <param name="password">The clear password that the server knows.</param>
    /// <param name="challenge">The CHAP-Challenge attribute, or the Request Authenticator where there is none.</param>
    /// <returns>Whether the response is right; false for a value that is not 17 octets long.</returns>
    public static bool Verify(ReadOnlySpan<byte> chapPasswordAttributeValue17, ReadOnlySpan<byte> password, ReadOnlySpan<byte> challenge)
    {
        if (chapPasswordAttributeValue17.Length != ValueLength)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[ResponseLength];
        Compute(chapPasswordAttributeValue17[0], password, challenge, expected);
        return CryptographicOperations.FixedTimeEquals(expected, chapPasswordAttributeValue17[1..]);
    }
}
