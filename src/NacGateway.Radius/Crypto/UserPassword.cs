namespace NacGateway.Radius.Crypto;

/// <summary>Hides and reveals User-Password (RFC 2865 section 5.2). Stateless, safe for concurrent use, allocates nothing.</summary>
/// <remarks>
/// <code>
/// c(1) = p(1) xor MD5(secret + Request Authenticator)
/// c(i) = p(i) xor MD5(secret + c(i-1))                    blocks of 16 octets, the last one padded with NUL
/// </code>
/// </remarks>
public static class UserPassword
{
    /// <summary>Longest password that can be hidden, in octets (RFC 2865 section 5.2).</summary>
    public const int MaxLength = 128;

    private const int Block = RadiusDigest.Length;

    /// <summary>Octets of the attribute's value for a password of this length: the next multiple of 16, at least 16.</summary>
    /// <param name="passwordLength">0 to 128 octets.</param>
    /// <returns>16 to 128.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Longer than 128 octets; such a password cannot be sent and must not be cut.</exception>
    public static int HiddenLength(int passwordLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(passwordLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(passwordLength, MaxLength);
        return Math.Max(Block, (passwordLength + Block - 1) / Block * Block);
    }

    /// <summary>Hides a password.</summary>
    /// <param name="password">0 to 128 octets of UTF-8.</param>
    /// <param name="secret">The shared secret.</param>
    /// <param name="requestAuthenticator">The 16 octets of the Access-Request's authenticator.</param>
    /// <param name="destination">At least <see cref="HiddenLength"/> octets; may not overlap the password.</param>
    /// <returns>Octets written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The password is longer than 128 octets, or the destination too small.</exception>
    public static int Hide(ReadOnlySpan<byte> password, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> requestAuthenticator, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(requestAuthenticator.Length, RadiusDigest.Length, nameof(requestAuthenticator));
        int length = HiddenLength(password.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, length, nameof(destination));
        Span<byte> hidden = destination[..length];
        hidden.Clear();
        password.CopyTo(hidden);
        BlockCipher.Encrypt(hidden, secret, requestAuthenticator);
        return length;
    }

    /// <summary>Reveals a password. The padding is taken off; a wrong secret is not noticed and gives random octets.</summary>
    /// <param name="hidden">The attribute's value.</param>
    /// <param name="secret">The shared secret.</param>
    /// <param name="requestAuthenticator">The 16 octets of the Access-Request's authenticator.</param>
    /// <param name="destination">At least as long as <paramref name="hidden"/>; the caller zeroes it after use.</param>
    /// <param name="length">Octets of the password at the start of the destination.</param>
    /// <returns>False when the value is not 16, 32, ... 128 octets long or does not fit.</returns>
    public static bool TryReveal(ReadOnlySpan<byte> hidden, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> requestAuthenticator, Span<byte> destination, out int length)
    {
        length = 0;
        if (hidden.Length is 0 or > MaxLength || hidden.Length % Block != 0 || destination.Length < hidden.Length || requestAuthenticator.Length != RadiusDigest.Length)
        {
            return false;
        }

        hidden.CopyTo(destination);
        Span<byte> password = destination[..hidden.Length];
        BlockCipher.Decrypt(password, secret, requestAuthenticator);
        length = password.LastIndexOfAnyExcept((byte)0) + 1;
        return true;
    }
}
