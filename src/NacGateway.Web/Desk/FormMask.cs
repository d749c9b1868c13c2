using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NacGateway.Web.Desk;

/// <summary>
/// Writes the token of an administrator's forms in another way on each page. Pages are compressed, and hold what the address asked for: how
/// long a page is must tell nothing about a token (BREACH).
/// </summary>
internal static class FormMask
{
    /// <summary>The token under a mask of its own, which stands in front of it; empty for none.</summary>
    public static string Mask(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        var plain = Encoding.UTF8.GetBytes(token);
        var masked = new byte[plain.Length * 2];
        RandomNumberGenerator.Fill(masked.AsSpan(0, plain.Length));
        for (var i = 0; i < plain.Length; i++)
        {
            masked[plain.Length + i] = (byte)(plain[i] ^ masked[i]);
        }

        return Base64Url.EncodeToString(masked);
    }

    /// <summary>Whether a text is the token, under any mask or none.</summary>
    public static bool IsOf(string given, string token)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(token);
        var plain = Encoding.UTF8.GetBytes(token);
        if (plain.Length == 0)
        {
            return false;
        }

        var masked = new byte[plain.Length * 2];
        if (given.Length == Base64Url.GetEncodedLength(masked.Length) && Base64Url.IsValid(given) && Base64Url.TryDecodeFromChars(given, masked, out var written) && written == masked.Length)
        {
            for (var i = 0; i < plain.Length; i++)
            {
                masked[plain.Length + i] ^= masked[i];
            }

            return CryptographicOperations.FixedTimeEquals(masked.AsSpan(plain.Length), plain);
        }

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), plain);
    }
}
