using System.Security.Cryptography;

namespace NacGateway.Radius.Crypto;

/// <summary>
/// The chained MD5 stream that hides User-Password (RFC 2865 section 5.2) and, with a salt behind the authenticator, Tunnel-Password
/// (RFC 2868 section 3.5) and the MPPE keys (RFC 2548 section 2.4.2). Works in place on whole blocks of 16 octets.
/// </summary>
internal static class BlockCipher
{
    private const int Block = RadiusDigest.Length;

    public static void Encrypt(Span<byte> text, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> initial) => Run(text, secret, initial, encrypt: true);

    public static void Decrypt(Span<byte> text, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> initial) => Run(text, secret, initial, encrypt: false);

    private static void Run(Span<byte> text, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> initial, bool encrypt)
    {
        using var scratch = new Scratch(secret.Length + Math.Max(initial.Length, Block));
        secret.CopyTo(scratch.Span);
        initial.CopyTo(scratch.Span[secret.Length..]);
        int seeded = secret.Length + initial.Length;
        Span<byte> stream = stackalloc byte[Block];
        for (int offset = 0; offset < text.Length; offset += Block)
        {
            RadiusDigest.Md5(scratch.Span[..seeded], stream);
            Span<byte> block = text.Slice(offset, Block);
            Span<byte> chained = scratch.Span.Slice(secret.Length, Block);
            if (!encrypt)
            {
                block.CopyTo(chained);
            }

            for (int i = 0; i < Block; i++)
            {
                block[i] ^= stream[i];
            }

            if (encrypt)
            {
                block.CopyTo(chained);
            }

            seeded = secret.Length + Block;
        }

        CryptographicOperations.ZeroMemory(stream);
    }
}
