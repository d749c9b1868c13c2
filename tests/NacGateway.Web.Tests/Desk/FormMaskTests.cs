using NacGateway.Web.Desk;
using Xunit;

namespace NacGateway.Web.Tests.Desk;

/// <summary>The token of forms reads differently on each page, and is known again under each mask.</summary>
public sealed class FormMaskTests
{
    [Fact]
    public void A_token_is_known_under_any_mask_and_without()
    {
        var (first, second) = (FormMask.Mask("a token of 24 characters"), FormMask.Mask("a token of 24 characters"));

        Assert.NotEqual(first, second, StringComparer.Ordinal);
        Assert.All([first, second, "a token of 24 characters"], given => Assert.True(FormMask.IsOf(given, "a token of 24 characters")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a token of 24 characterS")]
    [InlineData("----------------------------------------------------------------")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Anything_else_is_not_it(string given)
    {
        Assert.False(FormMask.IsOf(given, "a token of 24 characters"));
        Assert.False(FormMask.IsOf(given, ""));
    }

    [Fact]
    public void Of_another_token_the_mask_opens_nothing() => Assert.False(FormMask.IsOf(FormMask.Mask("b token of 24 characters"), "a token of 24 characters"));

    [Fact]
    public void No_token_has_no_mask() => Assert.Empty(FormMask.Mask(""));
}
