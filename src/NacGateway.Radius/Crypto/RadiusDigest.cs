using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace NacGateway.Radius.Crypto;

/// <summary>The one place where the broken digests that RADIUS is built on are called, each without allocating.</summary>
internal static class RadiusDigest
{
    /// <summary>Octets of an MD5 digest.</summary>
    public const int Length = 16;

    [SuppressMessage("Security", "CA5351", Justification = "RFC 2865 section 3 prescribes MD5.")]
    public static void Md5(ReadOnlySpan<byte> data, Span<byte> destination) => MD5.HashData(data, destination);

    /// <summary>MD5 of two values one after the other, as all the hiding schemes want it.</summary>
    public static void Md5(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> destination)
    {
        using var scratch = new Scratch(first.Length + second.Length);
        first.CopyTo(scratch.Span);
        second.CopyTo(scratch.Span[first.Length..]);
        Md5(scratch.Span, destination);
    }

    [SuppressMessage("Security", "CA5351", Justification = "RFC 3579 section 3.2 prescribes HMAC-MD5.")]
    public static void HmacMd5(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> destination) => HMACMD5.HashData(key, data, destination);

    [SuppressMessage("Security", "CA5350", Justification = "RFC 2759 section 8 prescribes SHA-1.")]
    public static void Sha1(ReadOnlySpan<byte> data, Span<byte> destination) => SHA1.HashData(data, destination);
}
