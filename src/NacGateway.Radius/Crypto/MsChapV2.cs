using System.Security.Cryptography;

namespace NacGateway.Radius.Crypto;

/// <summary>
/// MS-CHAPv2 (RFC 2759 section 8, carried by the attributes of RFC 2548 section 2.3). User names and passwords are UTF-8; a Windows
/// domain before a backslash in the name is left out of the computation, as RFC 2759 section 8.2 wants. Stateless, safe for concurrent
/// use. MS-CHAPv2 gives no protection worth the name outside TLS.
/// </summary>
public static class MsChapV2
{
    /// <summary>Octets of either challenge.</summary>
    public const int ChallengeLength = 16;

    /// <summary>Octets of the NT-Response.</summary>
    public const int NtResponseLength = 24;

    /// <summary>Octets of the authenticator response, "S=" and 40 upper-case hex digits (RFC 2548 section 2.3.3, without the ident).</summary>
    public const int AuthenticatorResponseLength = 42;

    private const int ChallengeHashLength = 8;
    private const int Sha1Length = 20;

    /// <summary>Computes the peer's NT-Response (RFC 2759 section 8.1).</summary>
    /// <param name="authenticatorChallenge16">MS-CHAP-Challenge, 16 octets.</param>
    /// <param name="peerChallenge16">Peer-Challenge of MS-CHAP2-Response, 16 octets.</param>
    /// <param name="userName">User name in UTF-8, with or without domain.</param>
    /// <param name="password">Clear password in UTF-8.</param>
    /// <param name="destination24">At least 24 octets.</param>
    /// <exception cref="ArgumentOutOfRangeException">A challenge is not 16 octets long.</exception>
    public static void GenerateNtResponse(ReadOnlySpan<byte> authenticatorChallenge16, ReadOnlySpan<byte> peerChallenge16, ReadOnlySpan<byte> userName, ReadOnlySpan<byte> password, Span<byte> destination24)
    {
        Span<byte> challengeHash = stackalloc byte[ChallengeHashLength];
        Span<byte> passwordHash = stackalloc byte[NtHash.Length];
        ChallengeHash(authenticatorChallenge16, peerChallenge16, userName, challengeHash);
        NtHash.Compute(password, passwordHash);
        ChallengeResponse(challengeHash, passwordHash, destination24);
        CryptographicOperations.ZeroMemory(passwordHash);
    }

    /// <summary>Checks a received NT-Response in constant time, as the server does.</summary>
    /// <param name="ntResponse">The 24 octets of MS-CHAP2-Response.</param>
    /// <param name="authenticatorChallenge16">MS-CHAP-Challenge, 16 octets.</param>
    /// <param name="peerChallenge16">Peer-Challenge of MS-CHAP2-Response, 16 octets.</param>
    /// <param name="userName">User name in UTF-8, with or without domain.</param>
    /// <param name="password">The clear password that the server knows, in UTF-8.</param>
    /// <returns>Whether it is right; false also for octets of the wrong number.</returns>
    public static bool VerifyNtResponse(ReadOnlySpan<byte> ntResponse, ReadOnlySpan<byte> authenticatorChallenge16, ReadOnlySpan<byte> peerChallenge16, ReadOnlySpan<byte> userName, ReadOnlySpan<byte> password)
    {
        if (authenticatorChallenge16.Length != ChallengeLength || peerChallenge16.Length != ChallengeLength)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[NtResponseLength];
        GenerateNtResponse(authenticatorChallenge16, peerChallenge16, userName, password, expected);
        return CryptographicOperations.FixedTimeEquals(expected, ntResponse);
    }

    /// <summary>Computes what the server proves its own knowledge of the password with (RFC 2759 section 8.7).</summary>
    /// <param name="authenticatorChallenge16">MS-CHAP-Challenge, 16 octets.</param>
    /// <param name="peerChallenge16">Peer-Challenge of MS-CHAP2-Response, 16 octets.</param>
    /// <param name="userName">User name in UTF-8, with or without domain.</param>
    /// <param name="password">Clear password in UTF-8.</param>
    /// <param name="ntResponse24">The peer's NT-Response, 24 octets.</param>
    /// <param name="destination42">At least 42 octets; becomes "S=" and 40 upper-case hex digits.</param>
    /// <exception cref="ArgumentOutOfRangeException">A challenge is not 16 octets long.</exception>
    public static void GenerateAuthenticatorResponse(ReadOnlySpan<byte> authenticatorChallenge16, ReadOnlySpan<byte> peerChallenge16, ReadOnlySpan<byte> userName, ReadOnlySpan<byte> password, ReadOnlySpan<byte> ntResponse24, Span<byte> destination42)
    {
        Span<byte> digest = stackalloc byte[Sha1Length];
        Span<byte> challengeHash = stackalloc byte[ChallengeHashLength];
        ChallengeHash(authenticatorChallenge16, peerChallenge16, userName, challengeHash);

        using var scratch = new Scratch(128);
        NtHash.ComputeTwice(password, scratch.Span);
        int length = Append(scratch.Span, NtHash.Length, ntResponse24);
        length = Append(scratch.Span, length, "Magic server to client signing constant"u8);
        RadiusDigest.Sha1(scratch.Span[..length], digest);

        digest.CopyTo(scratch.Span);
        length = Append(scratch.Span, Sha1Length, challengeHash);
        length = Append(scratch.Span, length, "Pad to make it do more than one iteration"u8);
        RadiusDigest.Sha1(scratch.Span[..length], digest);

        "S="u8.CopyTo(destination42);
        Convert.TryToHexString(digest, destination42[2..AuthenticatorResponseLength], out _);
    }

    /// <summary>Checks the server's proof in constant time; a session without a right one must end (RFC 2759 section 5).</summary>
    /// <param name="received">MS-CHAP2-Success without its ident: "S=" and 40 hex digits, perhaps followed by " M=" and a message.</param>
    /// <param name="authenticatorChallenge16">MS-CHAP-Challenge, 16 octets.</param>
    /// <param name="peerChallenge16">Peer-Challenge that was sent, 16 octets.</param>
    /// <param name="userName">User name in UTF-8 as it was sent.</param>
    /// <param name="password">Clear password in UTF-8.</param>
    /// <param name="ntResponse24">The NT-Response that was sent.</param>
    /// <returns>Whether it is right.</returns>
    public static bool VerifyAuthenticatorResponse(ReadOnlySpan<byte> received, ReadOnlySpan<byte> authenticatorChallenge16, ReadOnlySpan<byte> peerChallenge16, ReadOnlySpan<byte> userName, ReadOnlySpan<byte> password, ReadOnlySpan<byte> ntResponse24)
    {
        if (received.Length < AuthenticatorResponseLength)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[AuthenticatorResponseLength];
        GenerateAuthenticatorResponse(authenticatorChallenge16, peerChallenge16, userName, password, ntResponse24, expected);
        return CryptographicOperations.FixedTimeEquals(expected, received[..AuthenticatorResponseLength]);
    }

    /// <summary>First 8 octets of SHA-1 over both challenges and the name without domain (RFC 2759 section 8.2).</summary>
    internal static void ChallengeHash(ReadOnlySpan<byte> authenticatorChallenge16, ReadOnlySpan<byte> peerChallenge16, ReadOnlySpan<byte> userName, Span<byte> destination8)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(authenticatorChallenge16.Length, ChallengeLength, nameof(authenticatorChallenge16));
        ArgumentOutOfRangeException.ThrowIfNotEqual(peerChallenge16.Length, ChallengeLength, nameof(peerChallenge16));
        ReadOnlySpan<byte> name = userName[(userName.IndexOf((byte)'\\') + 1)..];
        using var scratch = new Scratch((2 * ChallengeLength) + name.Length);
        int length = Append(scratch.Span, 0, peerChallenge16);
        length = Append(scratch.Span, length, authenticatorChallenge16);
        Append(scratch.Span, length, name);
        Span<byte> digest = stackalloc byte[Sha1Length];
        RadiusDigest.Sha1(scratch.Span, digest);
        digest[..ChallengeHashLength].CopyTo(destination8);
    }

    /// <summary>The challenge under three DES keys cut from the hash, which is padded with NUL to 21 octets (RFC 2759 section 8.5).</summary>
    internal static void ChallengeResponse(ReadOnlySpan<byte> challenge8, ReadOnlySpan<byte> passwordHash, Span<byte> destination24)
    {
        Span<byte> keys = stackalloc byte[3 * DesBlock.RawKeyLength];
        passwordHash[..NtHash.Length].CopyTo(keys);
        for (int i = 0; i < 3; i++)
        {
            DesBlock.Encrypt(keys.Slice(i * DesBlock.RawKeyLength, DesBlock.RawKeyLength), challenge8, destination24.Slice(i * DesBlock.BlockLength, DesBlock.BlockLength));
        }

        CryptographicOperations.ZeroMemory(keys);
    }

    private static int Append(Span<byte> destination, int offset, ReadOnlySpan<byte> value)
    {
        value.CopyTo(destination[offset..]);
        return offset + value.Length;
    }
}
