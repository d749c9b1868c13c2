using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Fixtures;

public sealed class ChromiumTests(Chromium chromium)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_against_its_own_policy_is_a_complaint(bool javaScript)
    {
        await using var visitor = await chromium.OpenAsync(new VisitorOptions { JavaScript = javaScript }, Cancel);

        await visitor.Page.GotoAsync("data:text/html,<meta http-equiv=Content-Security-Policy content=\"style-src 'none'\"><p style=\"color:red\">hello");

        Assert.Contains(await visitor.ComplaintsAsync(), complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_field_without_a_label_is_a_barrier()
    {
        await using var visitor = await chromium.OpenAsync(new VisitorOptions(), Cancel);
        await visitor.Page.SetContentAsync("<!doctype html><html lang=en><title>t</title><main><h1>h</h1><input name=user></main>");

        var barriers = await visitor.FindBarriersAsync();

        Assert.StartsWith("label:", Assert.Single(barriers), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("width:600px", true)]
    [InlineData("max-width:600px", false)]
    public async Task A_page_wider_than_the_window_is_noticed(string style, bool scrolls)
    {
        await using var visitor = await chromium.OpenAsync(new VisitorOptions { Width = 320 }, Cancel);

        await visitor.Page.SetContentAsync($"<!doctype html><div style='{style}'>wide</div>");

        Assert.Equal(scrolls, await visitor.ScrollsSidewaysAsync());
    }

    [Fact]
    public async Task Without_JavaScript_no_script_runs()
    {
        await using var visitor = await chromium.OpenAsync(new VisitorOptions { JavaScript = false }, Cancel);

        await visitor.Page.GotoAsync("data:text/html,<title>plain</title><script>document.title='scripted'</script>");

        Assert.Equal("plain", await visitor.Page.TitleAsync());
    }
}
