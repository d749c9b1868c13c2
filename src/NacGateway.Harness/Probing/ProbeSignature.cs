using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace NacGateway.Harness.Probing;

/// <summary>Message-Authenticator of octets that the library rightly refuses to sign, because they are no packet.</summary>
internal static class ProbeSignature
{
    /// <param name="octets">The octets, zero where the signature goes.</param>
    /// <param name="offset">Where it goes.</param>
    /// <param name="secret">The shared secret.</param>
    [SuppressMessage("Security", "CA5351", Justification = "RFC 3579 section 3.2 defines it so.")]
    public static void Write(Span<byte> octets, int offset, byte[] secret)
    {
        Span<byte> digest = stackalloc byte[HMACMD5.HashSizeInBytes];
        HMACMD5.HashData(secret, octets, digest);
        digest.CopyTo(octets[offset..]);
    }
}
