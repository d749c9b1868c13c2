using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace NacGateway.TestKit;

/// <summary>One person's browser with one page. Records everything that a page of ours must not cause.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private static readonly string[] WcagTags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<IResponse> _responses = new();
    private readonly IBrowserContext _context;

    private Visitor(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Content-Security-Policy violations, script errors and console errors of all pages so far, in order.</summary>
    public async Task<IReadOnlyCollection<string>> ComplaintsAsync()
    {
        await Page.TitleAsync(); // The answer comes after every event that the browser had sent before it.
        return _complaints;
    }

    /// <summary>Every response so far, in order.</summary>
    public IReadOnlyCollection<IResponse> Responses => _responses;

    /// <summary>Cookies that the browser holds.</summary>
    public Task<IReadOnlyList<BrowserContextCookiesResult>> CookiesAsync() => _context.CookiesAsync();

    /// <summary>What axe-core finds wrong with the page as it is now, one line a rule with the places; empty when nothing is.</summary>
    public async Task<IReadOnlyList<string>> FindBarriersAsync()
    {
        var result = await Page.RunAxe(new AxeRunOptions
        {
            RunOnly = new RunOnlyOptions { Type = "tag", Values = [.. WcagTags] },
            ResultTypes = [ResultType.Violations], // What is in order is a report of many pages that nobody reads.
        });
        return [.. result.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help} at {string.Join(", ", violation.Nodes.Select(node => node.Target))}")];
    }

    /// <summary>Whether the page can be scrolled sideways, which on a phone hides half of it.</summary>
    public Task<bool> ScrollsSidewaysAsync()
        => Page.EvaluateAsync<bool>("document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth");

    /// <summary>Looks at the same page in other colours and another width.</summary>
    public async Task LookAsync(bool dark, int width)
    {
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
        await Page.SetViewportSizeAsync(width, Page.ViewportSize!.Height);
    }

    /// <summary>Keeps a picture of the whole page as test output: <c>artifacts/screenshots/NAME.png</c>.</summary>
    public Task PictureAsync(string name) => Page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Path.Combine(Repository.Artifacts, "screenshots", name + ".png"),
        FullPage = true,
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    internal static async Task<Visitor> CreateAsync(IBrowserContext context, VisitorOptions options)
    {
        var page = await context.NewPageAsync();
        var visitor = new Visitor(context, page);
        page.PageError += (_, error) => visitor._complaints.Enqueue($"script error: {error}");
        page.Response += (_, response) => visitor._responses.Enqueue(response);
        page.Console += (_, message) => visitor.Hear(message);
        if (options.JavaScript)
        {
            await page.AddInitScriptAsync(
                "addEventListener('securitypolicyviolation', e => console.error('Content Security Policy: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample))");
        }

        if (!options.Cookies)
        {
            await page.RouteAsync("**/*", WithoutCookiesAsync);
        }

        return visitor;
    }

    /// <summary>Chromium has no switch for cookies in headless mode; taking them out of every request is what its setting does to a server.</summary>
    private static Task WithoutCookiesAsync(IRoute route)
    {
        var headers = new Dictionary<string, string>(route.Request.Headers, StringComparer.OrdinalIgnoreCase);
        headers.Remove("cookie");
        return route.ContinueAsync(new RouteContinueOptions { Headers = headers });
    }

    private void Hear(IConsoleMessage message)
    {
        // A status of 4xx or 5xx of the page itself is written to the console by Chromium; 511 and 422 are what we mean to say.
        if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource: the server responded with a status of", StringComparison.Ordinal))
        {
            _complaints.Enqueue($"console: {message.Text} ({Page.Url})");
        }
    }
}
