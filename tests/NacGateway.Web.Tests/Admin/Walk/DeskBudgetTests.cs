using NacGateway.TestKit;
using NacGateway.Web.Admin.Frame;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Walk;

/// <summary>What a page of the desk costs on the wire when nothing of it is in the browser yet.</summary>
public sealed class DeskBudgetTests(Chromium chromium, DeskBudgetTests.Site site, ITestOutputHelper output) : IClassFixture<DeskBudgetTests.Site>
{
    /// <summary>All inclusive: page, style, script, icon.</summary>
    private const int Cold = 80 * 1024;
    private const int Requests = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Paths { get; } = [.. DeskSection.All.Select(section => section.Path), "/sessions/S00000009", "/decisions/1", "/radius/dc-1", "/me"];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_page_with_all_that_it_needs_fits_the_budget(string path)
    {
        await using var visitor = await chromium.OpenAsync(new VisitorOptions { Width = 1440, Height = 900 }, Cancellation);
        await DeskWalkTests.SignInAsync(visitor);
        await visitor.Page.GotoAsync(new Uri(site.Desk.Admin, path).ToString());

        var responses = visitor.Responses.Where(response => !response.Url.Contains("/live/", StringComparison.Ordinal)).ToList();
        long total = 0;
        List<string> plain = [];
        foreach (var response in responses)
        {
            var octets = (await response.Request.SizesAsync()).ResponseBodySize;
            total += octets;
            output.WriteLine($"{new Uri(response.Url).PathAndQuery}: {octets} octets");
            if (await response.HeaderValueAsync("content-encoding") != "br")
            {
                plain.Add(response.Url);
            }
        }

        Assert.Empty(plain);
        Assert.InRange(responses.Count, 2, Requests);
        Assert.InRange(total, 1, Cold);
        Assert.All(responses, response => Assert.StartsWith(site.Desk.Admin.ToString(), response.Url, StringComparison.Ordinal));
    }

    /// <summary>A thousand sessions and the refusals of a day.</summary>
    public sealed class Site : IAsyncLifetime
    {
        public DeskSite Desk { get; } = new() { Seed = DeskPages.SeedAsync };

        public ValueTask InitializeAsync() => Desk.InitializeAsync();

        public ValueTask DisposeAsync() => Desk.DisposeAsync();
    }
}
