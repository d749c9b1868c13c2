using System.Globalization;
using System.Text;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Administration;

/// <summary>What an administrator may be called.</summary>
public static class AdminNames
{
    /// <summary>Longest name of a local account.</summary>
    public const int Longest = 128;

    private static readonly string[] s_reserved = ["command line", "gateway", "nobody"];

    /// <summary>The form in which two spellings of a name are the same.</summary>
    public static string Key(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return SessionRows.UserKey(name);
    }

    /// <summary>Whether a name would pass for somebody else's in the audit trail, where these words have a meaning.</summary>
    public static bool IsReserved(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var key = name.Trim().Normalize(NormalizationForm.FormKC);
        return key.StartsWith("key ", StringComparison.OrdinalIgnoreCase) || s_reserved.Contains(key, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What is wrong with a name for a local account, and the remedy; null for nothing.</summary>
    public static string? Problem(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is 0 or > Longest || name.Trim() != name || name.EnumerateRunes().Any(IsHidden)
            ? $"A name has 1 to {Longest} visible characters, without blanks around it."
            : IsReserved(name) ? "This name means something else in the audit trail. Choose another." : null;
    }

    /// <summary>What nobody sees would let two names look alike; half of a surrogate pair comes as the replacement character.</summary>
    private static bool IsHidden(Rune rune) =>
        rune == Rune.ReplacementChar
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
