using NacGateway.Core.Administration;
using NacGateway.TestKit;
using NacGateway.Web.Tests.Admin.Walk;
using Xunit;

namespace NacGateway.Web.Tests.Admin;

/// <summary>A browser on every page of the desk: in light and dark, on a phone and on a desk, with what an attacker would have left behind.</summary>
public sealed class DeskWalkTests(Chromium chromium, RichDesk site) : IClassFixture<RichDesk>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Paths { get; } = [.. DeskPages.All];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_page_is_without_barriers_in_both_colours_and_at_every_width(string path)
    {
        await using var visitor = await chromium.OpenAsync(new VisitorOptions { Width = 1440, Height = 900 }, Cancellation);
        await SignInAsync(visitor);
        await visitor.Page.GotoAsync(new Uri(site.Desk.Admin, site.PathOf(path)).ToString());

        Assert.Empty(await DeskLooks.FindBarriersAsync(visitor, path));
    }

    /// <summary>Says who asks, as <see cref="HeaderAuthentication"/> believes it.</summary>
    internal static Task SignInAsync(Visitor visitor, DeskRole role = DeskRole.Administrator, string name = "tester") =>
        visitor.Page.SetExtraHTTPHeadersAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [HeaderAuthentication.Role] = role.ToString(),
            [HeaderAuthentication.Name] = name,
        });
}
