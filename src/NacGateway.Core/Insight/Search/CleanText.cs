using System.Text;

namespace NacGateway.Core.Insight.Search;

/// <summary>Text that both databases take: without control characters, which become blanks, and without halves of surrogate pairs.</summary>
internal static class CleanText
{
    public static string Of(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return clean.ToString();
    }
}
