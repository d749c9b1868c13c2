using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Digests;

namespace NacGateway.Radius.Crypto;

/// <summary>The NT password hash: MD4 of the password in UTF-16LE (RFC 2759 section 8.3).</summary>
internal static class NtHash
{
    /// <summary>Octets of the hash.</summary>
    public const int Length = 16;

    public static void Md4(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        var digest = new MD4Digest();
        digest.BlockUpdate(data);
        digest.DoFinal(destination);
    }

    /// <summary>Hashes a password given in UTF-8.</summary>
    public static void Compute(ReadOnlySpan<byte> password, Span<byte> destination)
    {
        char[] characters = new char[Encoding.UTF8.GetCharCount(password)];
        using var unicode = new Scratch(characters.Length * 2);
        try
        {
            Encoding.UTF8.GetChars(password, characters);
            Encoding.Unicode.GetBytes(characters, unicode.Span);
            Md4(unicode.Span, destination);
        }
        finally
        {
            characters.AsSpan().Clear();
        }
    }

    /// <summary>The hash of the hash, from which the authenticator's answer and the MPPE keys come (RFC 2759 section 8.4).</summary>
    public static void ComputeTwice(ReadOnlySpan<byte> password, Span<byte> destination)
    {
        Span<byte> once = stackalloc byte[Length];
        Compute(password, once);
        Md4(once, destination);
        CryptographicOperations.ZeroMemory(once);
    }
}
