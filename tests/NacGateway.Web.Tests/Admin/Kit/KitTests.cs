using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Administration;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Kit;

/// <summary>The desk's components as text: nothing that a strict CSP forbids, nothing of a foreigner's that becomes markup, names for everything.</summary>
public sealed partial class KitTests
{
    [Fact]
    public async Task The_gallery_shows_every_component_of_the_kit()
    {
        var source = string.Concat(Directory.EnumerateFiles(Path.Combine(TestKit.Repository.Root, "tests", "NacGateway.Web.Tests", "Admin", "Kit"), "*.razor").Select(File.ReadAllText));
        var composed = await File.ReadAllTextAsync(Path.Combine(TestKit.Repository.Root, "src", "NacGateway.Web", "Admin", "Frame", "DeskLayout.razor"), TestContext.Current.CancellationToken);

        var missing = typeof(Card).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(Card).Namespace && type.IsSubclassOf(typeof(ComponentBase)) && !type.Name.Contains('_', StringComparison.Ordinal) && type != typeof(ConfirmForm))
            .Where(type => !Regex.IsMatch(source + composed, $@"<{type.Name}[\s>/]", RegexOptions.None, TimeSpan.FromSeconds(5)))
            .Select(type => type.Name);

        Assert.Empty(missing);
    }

    [Fact]
    public async Task Nothing_is_inline()
    {
        var html = await PageAsync();

        Assert.DoesNotMatch(@"\sstyle\s*=", html);
        Assert.DoesNotMatch(@"<[^>]*\son[a-z]+\s*=\s*[""'][^""']", Tags(html));
        Assert.DoesNotMatch(@"<style\b", html);
        Assert.All(Scripts().Matches(html), script => Assert.Matches(@"^<script type=""module"" src=""/assets/[^""]+""></script>$", script.Value));
        Assert.DoesNotMatch("javascript:", html);
    }

    [Fact]
    public async Task Foreign_text_stays_text_and_what_is_hidden_in_it_is_named()
    {
        var html = await PageAsync("?size=50");

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', WebUtility.HtmlDecode(html));
        Assert.DoesNotContain('\0', WebUtility.HtmlDecode(html));
        Assert.Contains(">U+202E</span>", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains(">U+0000</span>", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("Select invoice[U+202E]gnp.exe", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains(GalleryModel.Hostile[0], WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_has_one_heading_and_each_id_once()
    {
        var html = await PageAsync();

        Assert.Single(H1().Matches(html));
        Assert.Empty(Ids().Matches(html).GroupBy(id => id.Groups["id"].Value, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Fact]
    public async Task Every_form_that_changes_something_carries_the_token()
    {
        var html = await PageAsync();

        var forms = Forms().Matches(html);

        Assert.NotEmpty(forms);
        Assert.All(forms, form => Assert.True(FormMask.IsOf(Token().Match(form.Value).Groups["token"].Value, "the-token"), form.Value));
    }

    [Fact]
    public async Task A_table_says_how_it_is_ordered()
    {
        var html = await PageAsync("?sort=rate&dir=desc&q=guest");

        Assert.Contains("""aria-sort="descending"><a class="sort" href="/gallery?sort=rate&amp;dir=asc&amp;q=guest" data-swap="sessions">Rate""", html, StringComparison.Ordinal);
        Assert.Contains("""aria-sort="none"><a class="sort" href="/gallery?sort=user&amp;dir=asc&amp;q=guest" data-swap="sessions">User""", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_region_asked_for_alone_is_the_one_of_the_page()
    {
        var region = await RenderAsync("", "sessions");

        Assert.StartsWith("""<div id="sessions" """, region, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", region, StringComparison.Ordinal);
        Assert.Contains(Token().Replace(region, ""), Token().Replace(await PageAsync(), ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_question_without_script_carries_all_that_the_first_request_brought()
    {
        var html = await ComponentAsync<ConfirmForm>(new(StringComparer.Ordinal)
        {
            ["Action"] = "/sessions/disconnect",
            ["Title"] = "Disconnect 51 sessions?",
            ["Verb"] = "Disconnect 51 sessions",
            ["Fields"] = new[] { ("id", "s1"), ("id", "s2\"><b>") },
            ["BackHref"] = "/sessions",
            ["TypeNumber"] = 51L,
        });

        Assert.Contains("""<input type="hidden" name="id" value="s1" />""", html, StringComparison.Ordinal);
        Assert.Contains("""value="s2&quot;&gt;&lt;b&gt;" />""", html, StringComparison.Ordinal);
        Assert.Contains("""name="confirm" value="yes">""", html, StringComparison.Ordinal);
        Assert.Contains("Type 51 to go on", html, StringComparison.Ordinal);
    }

    internal static async Task<string> ComponentAsync<T>(Dictionary<string, object?> parameters)
        where T : IComponent
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    private static Task<string> PageAsync(string query = "") => RenderAsync(query, region: null);

    private static async Task<string> RenderAsync(string query, string? region)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Path = "/gallery";
        context.Request.QueryString = new QueryString(query);
        context.Features.Set(new DeskUser { Name = "tester", Role = DeskRole.Administrator, Source = IPAddress.Loopback, FormToken = "the-token" });
        if (region is not null)
        {
            context.Request.Headers[DeskViews.Partial] = region;
        }

        using var body = new MemoryStream();
        context.Response.Body = body;
        await new DeskViews(services, services.GetRequiredService<ILoggerFactory>(), TimeProvider.System).WriteAsync(context, new DeskView
        {
            Title = "Gallery",
            Page = typeof(GalleryPage),
            Model = GalleryModel.Of(context.Request),
            Regions = new Dictionary<string, Type>(StringComparer.Ordinal) { ["sessions"] = typeof(GalleryTable) },
            Live = "/live/gallery",
        });
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }

    /// <summary>The page without the values of its attributes, in which an attacker's text may say what it likes.</summary>
    private static string Tags(string html) => Values().Replace(html, "=\"\"");

    [GeneratedRegex("name=\"csrf\" value=\"(?<token>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex(@"<script\b.*?</script>", RegexOptions.Singleline, 5000)]
    private static partial Regex Scripts();

    [GeneratedRegex(@"<h1\b", RegexOptions.None, 5000)]
    private static partial Regex H1();

    [GeneratedRegex(@"\sid=""(?<id>[^""]*)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Ids();

    [GeneratedRegex(@"<form\b[^>]*method=""post"".*?</form>", RegexOptions.Singleline, 5000)]
    private static partial Regex Forms();

    [GeneratedRegex("=\"[^\"]*\"", RegexOptions.None, 5000)]
    private static partial Regex Values();
}
