using System.Security.Cryptography;

namespace NacGateway.Radius.Crypto;

/// <summary>
/// The MPPE keys that follow from MS-CHAP (RFC 3079), which a server puts into MS-MPPE-Send-Key and MS-MPPE-Recv-Key (RFC 2548 sections
/// 2.4.2, 2.4.3). Stateless, safe for concurrent use.
/// </summary>
public static class MppeKeys
{
    /// <summary>Octets of a 128-bit key.</summary>
    public const int Length = 16;

    private const int Sha1Length = 20;
    private const int PadLength = 40;
    private const byte SecondPad = 0xF2;

    /// <summary>Derives both keys of 128 bits from an MS-CHAPv2 exchange (RFC 3079 section 3.4), as the server sees them.</summary>
    /// <param name="password">Clear password in UTF-8.</param>
    /// <param name="ntResponse24">The peer's NT-Response, 24 octets.</param>
    /// <param name="sendKey16">At least 16 octets: MS-MPPE-Send-Key, clear.</param>
    /// <param name="receiveKey16">At least 16 octets: MS-MPPE-Recv-Key, clear.</param>
    public static void Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> ntResponse24, Span<byte> sendKey16, Span<byte> receiveKey16)
    {
        Span<byte> hashHash = stackalloc byte[NtHash.Length];
        Span<byte> masterKey = stackalloc byte[Length];
        NtHash.ComputeTwice(password, hashHash);
        MasterKey(hashHash, ntResponse24, masterKey);
        ServerStartKey(masterKey, isSend: true, sendKey16[..Length]);
        ServerStartKey(masterKey, isSend: false, receiveKey16[..Length]);
        CryptographicOperations.ZeroMemory(hashHash);
        CryptographicOperations.ZeroMemory(masterKey);
    }

    /// <summary>RFC 3079 section 3.4, GetMasterKey.</summary>
    internal static void MasterKey(ReadOnlySpan<byte> passwordHashHash, ReadOnlySpan<byte> ntResponse, Span<byte> destination)
    {
        Span<byte> digest = stackalloc byte[Sha1Length];
        Sha1(passwordHashHash, ntResponse, "This is the MPPE Master Key"u8, default, digest);
        digest[..Length].CopyTo(destination);
    }

    /// <summary>RFC 3079 section 3.4, GetAsymmetricStartKey on the server's side; the destination's length is the key's.</summary>
    internal static void ServerStartKey(ReadOnlySpan<byte> masterKey, bool isSend, Span<byte> destination)
    {
        ReadOnlySpan<byte> magic = isSend
            ? "On the client side, this is the receive key; on the server side, it is the send key."u8
            : "On the client side, this is the send key; on the server side, it is the receive key."u8;
        Padded(masterKey, magic, destination);
    }

    /// <summary>RFC 3079 section 2.4, the start key of 128 bits that follows from MS-CHAP version 1.</summary>
    internal static void InitialSessionKey(ReadOnlySpan<byte> challenge8, ReadOnlySpan<byte> passwordHashHash, Span<byte> destination)
    {
        Span<byte> digest = stackalloc byte[Sha1Length];
        Sha1(passwordHashHash, passwordHashHash, challenge8, default, digest);
        digest[..Length].CopyTo(destination);
    }

    /// <summary>RFC 3079 section 3.3, the session key: what both sides encrypt with. Keys under 128 bits get their first octets fixed.</summary>
    internal static void SessionKey(ReadOnlySpan<byte> startKey, int bits, Span<byte> destination)
    {
        Padded(startKey, startKey, destination);
        ReadOnlySpan<byte> fixedOctets = bits switch
        {
            40 => [0xD1, 0x26, 0x9E],
            56 => [0xD1],
            _ => [],
        };
        fixedOctets.CopyTo(destination);
    }

    private static void Padded(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text, Span<byte> destination)
    {
        Span<byte> firstPad = stackalloc byte[PadLength];
        Span<byte> secondPad = stackalloc byte[PadLength];
        Span<byte> digest = stackalloc byte[Sha1Length];
        firstPad.Clear();
        secondPad.Fill(SecondPad);
        Sha1(key, firstPad, text, secondPad, digest);
        digest[..destination.Length].CopyTo(destination);
    }

    private static void Sha1(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, ReadOnlySpan<byte> fourth, Span<byte> digest)
    {
        using var scratch = new Scratch(first.Length + second.Length + third.Length + fourth.Length);
        first.CopyTo(scratch.Span);
        second.CopyTo(scratch.Span[first.Length..]);
        third.CopyTo(scratch.Span[(first.Length + second.Length)..]);
        fourth.CopyTo(scratch.Span[(first.Length + second.Length + third.Length)..]);
        RadiusDigest.Sha1(scratch.Span, digest);
    }
}
