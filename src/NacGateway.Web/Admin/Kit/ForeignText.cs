using System.Text;
using NacGateway.Web.Desk;

namespace NacGateway.Web.Admin.Kit;

/// <summary>
/// Text that somebody else wrote (user names, Reply-Message, User-Agent, host names), made fit to be looked at by a person who must not be
/// deceived: what cannot be seen, or reorders its neighbours, is named. Encoding for HTML is the renderer's work.
/// </summary>
public static class ForeignText
{
    /// <summary>Longest text shown in one place, in characters; the rest is on the page of the thing itself.</summary>
    public const int MaxLength = 1_000;

    /// <summary>The text for a place that takes plain text only: an attribute, a title, a line of a live feed.</summary>
    public static string Visible(string? text, int maxLength = MaxLength) =>
        string.Concat(Parts(text, maxLength).Select(part => part.IsName ? $"[{part.Text}]" : part.Text));

    /// <summary>The text in pieces: as it is, or the name of a character such as <c>U+202E</c>.</summary>
    internal static IEnumerable<ForeignPart> Parts(string? text, int maxLength = MaxLength)
    {
        if (string.IsNullOrEmpty(text))
        {
            yield break;
        }

        var plain = new StringBuilder();
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (++length > maxLength)
            {
                plain.Append('…');
                break;
            }

            if (!HiddenCharacter.Is(rune))
            {
                plain.Append(rune);
                continue;
            }

            if (plain.Length > 0)
            {
                yield return new ForeignPart(plain.ToString(), IsName: false);
                plain.Clear();
            }

            yield return new ForeignPart(HiddenCharacter.Name(rune), IsName: true);
        }

        if (plain.Length > 0)
        {
            yield return new ForeignPart(plain.ToString(), IsName: false);
        }
    }
}
