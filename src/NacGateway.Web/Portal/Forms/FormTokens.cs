using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using NacGateway.Core.Sessions;

namespace NacGateway.Web.Portal.Forms;

/// <summary>
/// Makes and checks the hidden field that stands in for a cookie: HMAC-SHA256 over purpose, time, nonce and subject, bound to the
/// client's address. The key is random and lives as long as the process, so nothing is shipped or stored that could leak.
/// </summary>
internal sealed class FormTokens(TimeProvider time)
{
    /// <summary>How long a form may lie open; then it is rendered anew with the user name kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    // version, purpose, monotonic time, nonce; then the subject; then the tag.
    private const int HeaderLength = 1 + 1 + 8 + 16;
    private const int TagLength = 32;
    private const int MaxSubjectLength = 96;
    private const byte Version = 1;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>A new token for one rendering of a form.</summary>
    public string Issue(FormPurpose purpose, IPAddress client, string subject = "")
    {
        var subjectLength = Encoding.UTF8.GetByteCount(subject);
        if (subjectLength > MaxSubjectLength)
        {
            throw new ArgumentException($"A subject takes {MaxSubjectLength} octets at most, not {subjectLength}.", nameof(subject));
        }

        Span<byte> token = stackalloc byte[HeaderLength + subjectLength + TagLength];
        token[0] = Version;
        token[1] = (byte)purpose;
        // The monotonic clock, not the wall clock: a clock that is set back must not revive old forms.
        BinaryPrimitives.WriteInt64BigEndian(token[2..], time.GetTimestamp());
        RandomNumberGenerator.Fill(token.Slice(10, 16));
        Encoding.UTF8.GetBytes(subject, token[HeaderLength..]);
        Sign(token[..^TagLength], client, token[^TagLength..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Checks a submitted token. <paramref name="lifetime"/> null means that the subject's own life limits it.</summary>
    public FormTokenVerdict Check(string? text, FormPurpose purpose, IPAddress client, TimeSpan? lifetime, out FormToken token)
    {
        token = default;
        if (string.IsNullOrEmpty(text))
        {
            return FormTokenVerdict.Missing;
        }

        Span<byte> octets = stackalloc byte[HeaderLength + MaxSubjectLength + TagLength];
        if (text.Length > Base64Url.GetEncodedLength(octets.Length)
            || !TryDecode(text, octets, out var length)
            || length < HeaderLength + TagLength)
        {
            return FormTokenVerdict.Forged;
        }

        octets = octets[..length];
        Span<byte> tag = stackalloc byte[TagLength];
        Sign(octets[..^TagLength], client, tag);
        if (!CryptographicOperations.FixedTimeEquals(tag, octets[^TagLength..]) || octets[0] != Version || octets[1] != (byte)purpose)
        {
            return FormTokenVerdict.Forged;
        }

        if (lifetime is { } limit && time.GetElapsedTime(BinaryPrimitives.ReadInt64BigEndian(octets[2..])) >= limit)
        {
            return FormTokenVerdict.Expired;
        }

        token = new FormToken(
            BinaryPrimitives.ReadUInt128BigEndian(octets[10..]),
            Encoding.UTF8.GetString(octets[HeaderLength..^TagLength]));
        return FormTokenVerdict.Good;
    }

    /// <summary>A keyed digest of what was submitted, so that a repeated submission can be told from a changed one without keeping either.</summary>
    public UInt128 Fingerprint(params ReadOnlySpan<string> fields)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        Span<byte> length = stackalloc byte[4];
        foreach (var field in fields)
        {
            var octets = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, octets.Length);
            hash.AppendData(length);
            hash.AppendData(octets);
            CryptographicOperations.ZeroMemory(octets);
        }

        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    private static bool TryDecode(string text, Span<byte> destination, out int written)
    {
        written = 0;
        return Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, destination, out written);
    }

    private void Sign(ReadOnlySpan<byte> content, IPAddress client, Span<byte> tag)
    {
        Span<byte> message = stackalloc byte[16 + HeaderLength + MaxSubjectLength];
        BinaryPrimitives.WriteUInt128BigEndian(message, ClientKey.From(client).Bits);
        content.CopyTo(message[16..]);
        HMACSHA256.HashData(_key, message[..(16 + content.Length)], tag);
    }
}
