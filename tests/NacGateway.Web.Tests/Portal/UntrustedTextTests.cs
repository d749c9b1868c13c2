using NacGateway.Web.Portal.Texts;
using Xunit;

namespace NacGateway.Web.Tests.Portal;

/// <summary>Text of strangers becomes one bounded line that reads as it looks.</summary>
public sealed class UntrustedTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("  two \t\r\n words  ", "two words")]
    [InlineData("right\u202Eleft", "rightleft")]
    [InlineData("zero\u200Bwidth\uFEFF", "zerowidth")]
    [InlineData("\u001b[31mred", "[31mred")]
    [InlineData("\0\u0001\u0002", "")]
    [InlineData("Grüße 東京 👍", "Grüße 東京 👍")]
    public void What_does_not_show_is_taken_out(string text, string clean) => Assert.Equal(clean, UntrustedText.Clean(text));

    [Fact]
    public void Half_a_character_becomes_a_mark() => Assert.Equal("a\uFFFDb", UntrustedText.Clean(new string(['a', '\uD83D', 'b'])));

    [Fact]
    public void A_long_text_ends_in_an_ellipsis_and_never_in_half_a_character()
    {
        var clean = UntrustedText.Clean(string.Concat(Enumerable.Repeat("👍", 300)));

        Assert.Equal(UntrustedText.MaxLength, clean.EnumerateRunes().Count());
        Assert.EndsWith("👍…", clean, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_of_messages_is_cut() => Assert.InRange(UntrustedText.CleanAll([.. Enumerable.Repeat("again", 1_000)]).Count, 1, 10);

    [Theory]
    [InlineData("+44 20 7946 0000", true)]
    [InlineData("(030) 123-45", true)]
    [InlineData("Room 12", false)]
    [InlineData("javascript:alert(1)", false)]
    public void Only_a_number_becomes_a_link(string text, bool isNumber) => Assert.Equal(isNumber, TelephoneNumber.Is(text));
}
