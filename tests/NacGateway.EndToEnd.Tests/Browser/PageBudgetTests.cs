using System.Text;
using Microsoft.Playwright;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Browser;

/// <summary>A page for somebody without a network must fit the first round trip and need nothing else.</summary>
public sealed class PageBudgetTests(Chromium chromium)
{
    private const int Compressed = 14 * 1024;
    private const int Uncompressed = 40 * 1024;

    /// <summary>
    /// The gate's own page, written without work at each request, and pages that repeat what a client or a RADIUS server sent: next to
    /// a token, compression would tell how much of a guess is right (BREACH). They keep the budget on the wire all the same.
    /// </summary>
    private static readonly HashSet<string> AsTheyAre = new(StringComparer.Ordinal)
    {
        "blocked", "rejected", "rejected-with-message", "challenge", "challenge-empty", "challenge-wrong", "status", "expired", "throttled", "unavailable",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("ar")]
    public async Task Every_page_fits_its_budget_and_is_never_stored(string language)
    {
        await using var visitor = await chromium.OpenAsync(new VisitorOptions { Language = language }, Cancel);
        List<string> over = [];

        await EveryPage.VisitAsync(visitor, async (name, response) =>
        {
            var body = await BodyAsync(visitor.Page, name, response, language);
            var headers = await response.AllHeadersAsync();
            var wire = (await response.Request.SizesAsync()).ResponseBodySize;
            Check(body.Length <= Uncompressed, $"{body.Length} octets");
            Check(wire <= Compressed, $"{wire} octets on the wire");
            var compressed = headers.GetValueOrDefault("content-encoding") is "br" or "gzip";
            Check(compressed != AsTheyAre.Contains(name), compressed ? "compressed, though it repeats what was sent" : "not compressed");
            Check(headers.GetValueOrDefault("cache-control")?.Contains("no-store", StringComparison.Ordinal) == true, "may be stored");
            Check(headers.GetValueOrDefault("content-security-policy")?.StartsWith("default-src 'none'", StringComparison.Ordinal) == true, "no strict policy");
            var html = Encoding.UTF8.GetString(body);
            Check(!html.Contains(" style=", StringComparison.Ordinal), "style attribute");
            Check(!html.Contains("target=\"_blank\"", StringComparison.Ordinal) && !html.Contains("mailto:", StringComparison.Ordinal), "a link that login windows cannot follow");

            void Check(bool holds, string what)
            {
                if (!holds)
                {
                    over.Add($"{name} ({language}): {what}");
                }
            }
        }, Cancel);

        Assert.Empty(over);
    }

    /// <summary>The gate's page is asked for once more: the browser, already on its way to the portal, has let go of the first.</summary>
    private static async Task<byte[]> BodyAsync(IPage page, string name, IResponse response, string language)
    {
        if (name != "blocked")
        {
            return await response.BodyAsync();
        }

        var again = await page.APIRequest.GetAsync(response.Url, new APIRequestContextOptions
        {
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Accept"] = "text/html", ["Accept-Language"] = language },
        });
        Assert.Equal(511, again.Status);
        return await again.BodyAsync();
    }

    [Fact]
    public async Task Signing_in_takes_one_page_one_form_and_one_page()
    {
        await using var site = await Site.StartAsync(Cancel);
        await using var visitor = await chromium.OpenAsync(new VisitorOptions(), Cancel);
        var page = visitor.Page;

        await page.GotoAsync(new Uri(site.Gateway.Portal, "/portal").AbsoluteUri);
        await page.Locator("#username").FillAsync("alice");
        await page.Locator("#password").FillAsync("wonderland");
        await page.Locator("#terms").CheckAsync();
        await EveryPage.SubmitAsync(page);

        string[] expected = ["GET /portal 200", "POST /portal/sign-in 303", "GET /portal/status 200"];
        var made = visitor.Responses
            .Where(response => !response.Url.EndsWith(".js", StringComparison.Ordinal)) // The optional script is not needed.
            .Select(response => $"{response.Request.Method} {new Uri(response.Url).AbsolutePath} {response.Status}");
        Assert.Equal(expected, made, StringComparer.Ordinal);
    }
}
