using System.Globalization;
using System.Text;

namespace NacGateway.Web.Desk;

/// <summary>
/// Characters that cannot be seen, or reorder their neighbours. In what somebody else wrote they are named, so that two texts that look alike
/// are two to whoever reads them.
/// </summary>
internal static class HiddenCharacter
{
    // U+FFFD is what the decoder put for octets that are no text: it can be seen. The zero width joiners U+200C and U+200D are parts of
    // words in several scripts, but in a name they make two that look alike: they are named as well.
    public static bool Is(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>Its name, such as <c>U+202E</c>.</summary>
    public static string Name(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");
}
