using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NacGateway.Core.Audit;

/// <summary>
/// A line of the trail as somebody noted it down elsewhere. Who can write to the database can write a whole new trail that fits in
/// itself; it does not fit what was noted where he cannot write.
/// </summary>
/// <param name="Sequence">Number of the line.</param>
/// <param name="Hash">Its hash, in lower-case hexadecimal.</param>
public sealed record AuditMark(long Sequence, string Hash)
{
    private const int HashLength = 64;

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AuditMark? mark)
    {
        mark = null;
        if (text?.Trim().Split(':') is not [var number, { Length: HashLength } hash]
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || sequence < 1
            || !hash.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        mark = new AuditMark(sequence, hash.ToLowerInvariant());
        return true;
    }

    /// <summary>LINE:HASH.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Hash}");
}
