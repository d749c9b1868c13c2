using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NacGateway.Core.Audit;

/// <summary>The hash that ties a line of the audit trail to the one before it.</summary>
internal static class AuditChain
{
    /// <summary>In place of the line before the first.</summary>
    public static byte[] Beginning => new byte[SHA256.HashSizeInBytes];

    /// <summary>Whether a line is what was written, for all that it says itself.</summary>
    public static bool Holds(AuditRecord line) =>
        line.At.Ticks % TimeSpan.TicksPerMillisecond == 0 && CryptographicOperations.FixedTimeEquals(line.Hash, Hash(line));

    /// <summary>SHA-256 over every column, each with its length in front, so that no text can be moved from one into the next.</summary>
    public static byte[] Hash(AuditRecord line)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, line.Sequence);
        hash.AppendData(number);
        BinaryPrimitives.WriteInt64BigEndian(number, line.At.ToUnixTimeMilliseconds());
        hash.AppendData(number);
        foreach (var text in (ReadOnlySpan<string?>)[line.Actor, line.Role, line.Source, line.Action, line.Target, line.Outcome, line.Detail])
        {
            var octets = text is null ? null : Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt64BigEndian(number, octets?.Length ?? -1);
            hash.AppendData(number);
            hash.AppendData(octets ?? []);
        }

        hash.AppendData(line.PreviousHash);
        return hash.GetHashAndReset();
    }
}
