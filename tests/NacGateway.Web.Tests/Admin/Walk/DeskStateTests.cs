using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NacGateway.Core.Administration;
using NacGateway.TestKit;
using NacGateway.Web.Admin.Frame;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Walk;

/// <summary>A desk without anything, one whose database is gone, and one that is cut off: each state was designed, and none is an accident.</summary>
public sealed partial class DeskStateTests(Chromium chromium) : IAsyncLifetime
{
    private readonly DeskSite _site = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Empty { get; } =
    [
        .. DeskSection.All.Select(section => section.Path), "/people/person?user=nobody", "/people/address?ip=10.0.0.7&at=2026-11-24T14:03", "/sessions?q=nobody", "/decisions?q=nobody", "/policies/history", "/settings/admins", "/settings/api-keys", "/me",
    ];

    /// <summary>Pages that cannot do without the database.</summary>
    public static TheoryData<string> Needy { get; } = ["/sessions", "/people?q=lena", "/people/person?user=lena", "/decisions", "/decisions/1", "/sessions/S00000009", "/policies/history", "/audit", "/settings/admins", "/settings/api-keys", "/settings/value?name=WalledGarden:Hosts"];

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [MemberData(nameof(Empty))]
    public async Task Where_there_is_nothing_yet_the_page_says_so(string path)
    {
        await using var visitor = await OpenAsync();

        var answer = await visitor.Page.GotoAsync(new Uri(_site.Admin, path).ToString());

        Assert.Equal(200, answer!.Status);
        Assert.Empty(await DeskLooks.FindBarriersAsync(visitor, "-empty" + path));
    }

    [Theory]
    [MemberData(nameof(Needy))]
    public async Task A_database_that_is_gone_is_named_with_a_reference_and_a_way_to_try_again(string path)
    {
        await BreakAsync();
        using var client = _site.Client(DeskRole.Administrator);

        using var answer = await client.GetAsync(path, Cancellation);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Matches(Reference(), page);
        Assert.Contains($"href=\"{WebUtility.HtmlEncode(path)}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Sqlite", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sessions?q=lena")]
    [InlineData("/decisions")]
    public async Task What_could_not_be_shown_is_a_page_of_the_desk_all_the_same(string path)
    {
        await BreakAsync();
        await using var visitor = await OpenAsync();

        await visitor.Page.GotoAsync(new Uri(_site.Admin, path).ToString());

        Assert.True(await visitor.Page.Locator("nav.side a").CountAsync() > 5, "The navigation is missing.");
        Assert.Empty(await DeskLooks.FindBarriersAsync(visitor, "-broken" + path));
    }

    [Fact]
    public async Task A_page_that_lost_its_feed_says_since_when_and_goes_on()
    {
        await using var visitor = await OpenAsync();
        await visitor.Page.RouteAsync("**/live/**", route => route.AbortAsync());

        await visitor.Page.GotoAsync(new Uri(_site.Admin, "/overview").ToString());
        await Assertions.Expect(visitor.Page.Locator("[data-live-badge]")).ToHaveTextAsync("Reconnecting");
        await Assertions.Expect(visitor.Page.Locator("[data-banner=lost]")).ToContainTextAsync("Values may be old.", new() { Timeout = 30_000 });
        await visitor.PictureAsync("desk-lost-overview-1440");
        var barriers = await visitor.FindBarriersAsync();
        await visitor.Page.UnrouteAllAsync();

        await Assertions.Expect(visitor.Page.Locator("[data-live-badge]")).ToHaveTextAsync("Live", new() { Timeout = 30_000 });
        await Assertions.Expect(visitor.Page.Locator("[data-banner=lost]")).ToHaveCountAsync(0);
        Assert.Empty(barriers);
    }

    /// <summary>Every table goes, as when the disk or the server behind them went.</summary>
    private async Task BreakAsync()
    {
        await using var database = await _site.DatabaseAsync();
        var tables = database.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct(StringComparer.Ordinal).ToList();
        foreach (var table in tables)
        {
#pragma warning disable EF1002 // The names are the model's.
            await database.Database.ExecuteSqlRawAsync($"ALTER TABLE \"{table}\" RENAME TO \"gone_{table}\"", Cancellation);
#pragma warning restore EF1002
        }
    }

    private async Task<Visitor> OpenAsync()
    {
        var visitor = await chromium.OpenAsync(new VisitorOptions { Width = 1440, Height = 900 }, Cancellation);
        await DeskWalkTests.SignInAsync(visitor);
        return visitor;
    }

    [GeneratedRegex("<code>[A-Z0-9]{3}-[A-Z0-9]{3}</code>", RegexOptions.None, 1000)]
    private static partial Regex Reference();
}
