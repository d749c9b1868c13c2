using System.Globalization;
using System.Security.Cryptography;

namespace NacGateway.Core.Audit;

/// <summary>Where a walk along the trail stands. Not safe for concurrent use.</summary>
/// <param name="noted">A line that was noted down elsewhere; null for none.</param>
internal sealed class AuditWalk(AuditMark? noted)
{
    /// <summary>The last line that is whole.</summary>
    public long Sequence { get; private set; }

    /// <summary>Its hash.</summary>
    public byte[] Hash { get; private set; } = AuditChain.Beginning;

    /// <summary>Goes on to the next line; says what is wrong with it, and stays, if anything is.</summary>
    public string? Step(AuditRecord line)
    {
        if (line.Sequence != Sequence + 1)
        {
            return string.Create(CultureInfo.InvariantCulture, $"it is missing; the next one there is line {line.Sequence}.");
        }

        if (!AuditChain.Holds(line))
        {
            return "it is not what was written: its columns do not give its hash.";
        }

        if (!CryptographicOperations.FixedTimeEquals(line.PreviousHash, Hash))
        {
            return Sequence == 0
                ? "it is not the beginning of a trail: another line stood before it when it was written."
                : "it does not follow the line before it: another one stood there when it was written.";
        }

        if (line.Sequence == noted?.Sequence && Convert.ToHexStringLower(line.Hash) != noted.Hash)
        {
            return "it is another line than the one that was noted down: the trail was written anew.";
        }

        (Sequence, Hash) = (line.Sequence, line.Hash);
        return null;
    }

    /// <summary>The next line is not as it was written.</summary>
    public AuditVerdict Broken(string reason) => new(Sequence, Sequence + 1, reason);

    /// <summary>There is no further line.</summary>
    public AuditVerdict End() => noted is not null && noted.Sequence > Sequence
        ? Broken(string.Create(CultureInfo.InvariantCulture, $"it is missing; line {noted.Sequence} was noted down."))
        : new AuditVerdict(Sequence) { Last = Sequence == 0 ? null : new AuditMark(Sequence, Convert.ToHexStringLower(Hash)) };
}
