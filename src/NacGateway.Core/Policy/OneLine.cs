using System.Globalization;
using System.Text;

namespace NacGateway.Core.Policy;

/// <summary>Makes foreign text fit to be kept and shown: plain, on one line, bounded. Encoding for HTML is the renderer's work.</summary>
public static class OneLine
{
    /// <summary>
    /// Control and format characters go (among them NUL, which PostgreSQL does not keep, and the direction overrides that can make a text
    /// read as another), any run of blanks becomes one, and the rest is cut.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">Most characters, the ellipsis of a cut among them.</param>
    public static string Clean(string text, int longest)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = new StringBuilder(Math.Min(text.Length, longest));
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

            if (clean.Length + (blank ? 1 : 0) + rune.Utf16SequenceLength > longest)
            {
                return DecisionWords.Cut(clean.Append('…').ToString(), longest);
            }

            if (blank)
            {
                clean.Append(' ');
                blank = false;
            }

            clean.Append(rune);
        }

        return clean.ToString();
    }
}
