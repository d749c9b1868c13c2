using System.Text.RegularExpressions;

namespace NacGateway.Web.Portal.Texts;

/// <summary>Tells a telephone number from other words, so that it can become a link.</summary>
internal static partial class TelephoneNumber
{
    /// <summary>Whether the text is nothing but a number as people write it.</summary>
    public static bool Is(string text) => Written().IsMatch(text);

    /// <summary>The digits, for a <c>tel:</c> link.</summary>
    public static string Dialled(string text) => new([.. text.Where(c => char.IsAsciiDigit(c) || c == '+')]);

    [GeneratedRegex(@"^\+?\(?[0-9][0-9 ()/.-]{4,}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Written();
}
