using System.Globalization;
using System.Text;

namespace NacGateway.Web.Portal.Texts;

/// <summary>Makes text from a RADIUS server or a form fit to be shown: plain, on one line, bounded. Encoding for HTML is the renderer's work.</summary>
internal static class UntrustedText
{
    /// <summary>Longest Reply-Message shown, in characters.</summary>
    public const int MaxLength = 200;

    private const int MaxMessages = 5;

    /// <summary>Each message cleaned, the empty ones left out.</summary>
    public static IReadOnlyList<string> CleanAll(IReadOnlyList<string> messages) =>
        [.. messages.Select(message => Clean(message)).Where(message => message.Length > 0).Take(MaxMessages)];

    /// <summary>
    /// Control and format characters go (among them the direction overrides that can make a text read as another), any run of blanks
    /// becomes one, and the rest is cut at <paramref name="maxLength"/> characters.
    /// </summary>
    public static string Clean(string text, int maxLength = MaxLength)
    {
        var clean = new StringBuilder(Math.Min(text.Length, maxLength));
        var length = 0;
        var blank = false;
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    blank = clean.Length > 0;
                    continue;
                case UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned:
                    continue;
            }

            var needed = blank ? 2 : 1;
            if (length + needed > maxLength)
            {
                clean.Remove(clean.Length - LastRuneLength(clean), LastRuneLength(clean)).Append('…');
                break;
            }

            if (blank)
            {
                clean.Append(' ');
                blank = false;
            }

            clean.Append(rune);
            length += needed;
        }

        return clean.ToString();
    }

    private static int LastRuneLength(StringBuilder text) => text.Length > 1 && char.IsLowSurrogate(text[^1]) ? 2 : 1;
}
