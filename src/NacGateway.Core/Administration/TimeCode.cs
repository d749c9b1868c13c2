using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NacGateway.Core.Administration;

/// <summary>Codes of an authenticator by time (RFC 6238): HMAC-SHA-1, 30 seconds, six digits, which every app can do.</summary>
public static class TimeCode
{
    /// <summary>Octets of a secret: the length of the hash (RFC 4226 section 4, R6).</summary>
    public const int SecretLength = 20;

    private const int Seconds = 30;
    private const int Modulus = 1_000_000;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Number of the time step in which an instant lies.</summary>
    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / Seconds;

    /// <summary>The code of a time step.</summary>
    public static string Of(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        Span<byte> digest = stackalloc byte[HMACSHA1.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238 names SHA-1, and apps know no other; of HMAC the collisions of SHA-1 are no weakness.
        HMACSHA1.HashData(secret, counter, digest);
#pragma warning restore CA5350
        var offset = digest[^1] & 0x0F;
        var number = BinaryPrimitives.ReadInt32BigEndian(digest[offset..]) & int.MaxValue;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The time step whose code this is: the present one, the one before or after it, as clocks differ; null when it is none, or none after the last one used.</summary>
    public static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long lastStep)
    {
        ArgumentNullException.ThrowIfNull(code);
        var given = Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsAsciiDigit)));
        long? found = null;
        var present = StepAt(now);
        for (var step = present - 1; step <= present + 1; step++)
        {
            // All are compared, whichever fits, so that the time says nothing.
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(Of(secret, step))) && step > lastStep)
            {
                found ??= step;
            }
        }

        return found;
    }

    /// <summary>A secret as people type it into an app (RFC 4648 section 6), in groups of four.</summary>
    public static string Words(ReadOnlySpan<byte> secret)
    {
        var text = Base32(secret);
        return string.Join(' ', text.Chunk(4).Select(group => new string(group)));
    }

    /// <summary>A secret as a link that apps read from a QR code.</summary>
    public static string Link(string name, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/NacGateway:{Uri.EscapeDataString(name)}?secret={Base32(secret)}&issuer=NacGateway";

    private static string Base32(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder((octets.Length * 8 + 4) / 5);
        int buffer = 0, bits = 0;
        foreach (var octet in octets)
        {
            buffer = (buffer << 8) | octet;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
            }

            buffer &= (1 << bits) - 1;
        }

        return bits == 0 ? text.ToString() : text.Append(Alphabet[(buffer << (5 - bits)) & 31]).ToString();
    }
}
