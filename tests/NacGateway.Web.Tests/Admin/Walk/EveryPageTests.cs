using System.Net;
using System.Text.RegularExpressions;
using NacGateway.Core.Administration;
using NacGateway.Web.Admin.Frame;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Walk;

/// <summary>What holds for every page of the desk, read off its HTML without a browser.</summary>
public sealed partial class EveryPageTests(RichDesk site) : IClassFixture<RichDesk>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Paths { get; } = [.. DeskPages.All];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_page_is_whole_strict_and_kept_by_nobody(string path)
    {
        using var administrator = site.Desk.Client(DeskRole.Administrator);

        using var answer = await administrator.GetAsync(site.PathOf(path), Cancellation);
        var html = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal(DeskHeaders.ContentSecurityPolicy, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Single(Heading().Matches(html));
        Assert.Matches("<title>[^<]+ · NacGateway</title>", html);
        Assert.DoesNotMatch(StyleAttribute(), html);
        Assert.DoesNotMatch(InlineScript(), html);
        Assert.DoesNotMatch(Handler(), html);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task No_hostile_text_is_markup(string path)
    {
        using var administrator = site.Desk.Client(DeskRole.Administrator);

        var html = await administrator.GetStringAsync(site.PathOf(path), Cancellation);

        Assert.DoesNotContain("<script>window", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img src=x", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<svg onload", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"javascript:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\u202E", html, StringComparison.Ordinal);
    }

    [GeneratedRegex("<h1[ >]", RegexOptions.None, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("<[^>]* style=", RegexOptions.None, 1000)]
    private static partial Regex StyleAttribute();

    [GeneratedRegex("<script(?![^>]* src=)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex InlineScript();

    [GeneratedRegex("<[a-z][^>\"']*(\"[^\"]*\"[^>\"']*)* on[a-z]+=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Handler();
}
