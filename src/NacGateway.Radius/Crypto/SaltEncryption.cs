using System.Buffers.Binary;

namespace NacGateway.Radius.Crypto;

/// <summary>
/// The salted hiding of Tunnel-Password (RFC 2868 section 3.5) and of MS-MPPE-Send-Key and -Recv-Key (RFC 2548 sections 2.4.2 and
/// 2.4.3). Only for Access-Request, -Accept and -Challenge. Stateless, safe for concurrent use, allocates nothing.
/// </summary>
/// <remarks>
/// <code>
/// |  Salt (2, top bit set)  |  enciphered: Length (1), text, NUL padding to a multiple of 16  |
/// b(1) = MD5(secret + Request Authenticator + Salt), b(i) = MD5(secret + c(i-1))
/// </code>
/// The tag octet of Tunnel-Password stands before the salt and is not part of this.
/// </remarks>
public static class SaltEncryption
{
    /// <summary>Longest text that fits an attribute together with its salt, in octets.</summary>
    public const int MaxLength = 239;

    private const int SaltLength = 2;
    private const int Block = RadiusDigest.Length;

    /// <summary>Octets of salt and ciphertext for a text of this length.</summary>
    /// <param name="textLength">0 to 239 octets.</param>
    /// <returns>18 to 242.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Longer than 239 octets.</exception>
    public static int EncryptedLength(int textLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(textLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(textLength, MaxLength);
        return SaltLength + ((1 + textLength + Block - 1) / Block * Block);
    }

    /// <summary>Enciphers a text.</summary>
    /// <param name="text">0 to 239 octets.</param>
    /// <param name="salt">Must differ for each salted attribute of one packet; its top bit is set here.</param>
    /// <param name="secret">The shared secret.</param>
    /// <param name="requestAuthenticator">The 16 octets of the authenticator of the request.</param>
    /// <param name="destination">At least <see cref="EncryptedLength"/> octets; may not overlap the text.</param>
    /// <returns>Octets written, salt included.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The text is longer than 239 octets, or the destination too small.</exception>
    public static int Encrypt(ReadOnlySpan<byte> text, ushort salt, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> requestAuthenticator, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(requestAuthenticator.Length, RadiusDigest.Length, nameof(requestAuthenticator));
        int length = EncryptedLength(text.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, length, nameof(destination));
        Span<byte> value = destination[..length];
        value.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(value, (ushort)(salt | 0x8000));
        value[SaltLength] = (byte)text.Length;
        text.CopyTo(value[(SaltLength + 1)..]);
        Span<byte> initial = stackalloc byte[RadiusDigest.Length + SaltLength];
        Initialise(initial, requestAuthenticator, value);
        BlockCipher.Encrypt(value[SaltLength..], secret, initial);
        return length;
    }

    /// <summary>Deciphers a text.</summary>
    /// <param name="value">Salt and ciphertext, without a tag.</param>
    /// <param name="secret">The shared secret.</param>
    /// <param name="requestAuthenticator">The 16 octets of the authenticator of the request, also when the value came in a reply.</param>
    /// <param name="destination">At least as long as the ciphertext; the caller zeroes it after use.</param>
    /// <param name="length">Octets of the text at the start of the destination.</param>
    /// <returns>
    /// False when the ciphertext is not a multiple of 16 octets, does not fit, or its inner length exceeds it, which is what a wrong
    /// secret mostly gives. The top bit of the salt is not insisted upon, because some servers leave it clear.
    /// </returns>
    public static bool TryDecrypt(ReadOnlySpan<byte> value, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> requestAuthenticator, Span<byte> destination, out int length)
    {
        length = 0;
        int cipherLength = value.Length - SaltLength;
        if (cipherLength < Block || cipherLength % Block != 0 || destination.Length < cipherLength - 1 || requestAuthenticator.Length != RadiusDigest.Length)
        {
            return false;
        }

        using var scratch = new Scratch(cipherLength);
        value[SaltLength..].CopyTo(scratch.Span);
        Span<byte> initial = stackalloc byte[RadiusDigest.Length + SaltLength];
        Initialise(initial, requestAuthenticator, value);
        BlockCipher.Decrypt(scratch.Span, secret, initial);
        if (scratch.Span[0] >= cipherLength)
        {
            return false;
        }

        length = scratch.Span[0];
        scratch.Span.Slice(1, length).CopyTo(destination);
        return true;
    }

    private static void Initialise(Span<byte> initial, ReadOnlySpan<byte> requestAuthenticator, ReadOnlySpan<byte> value)
    {
        requestAuthenticator.CopyTo(initial);
        value[..SaltLength].CopyTo(initial[RadiusDigest.Length..]);
    }
}
