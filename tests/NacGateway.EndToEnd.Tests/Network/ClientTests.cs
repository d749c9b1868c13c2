using Microsoft.Playwright;
using NacGateway.TestKit;
using NacGateway.TestKit.Network;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Network;

/// <summary>Real clients on a real network, which know nothing of a proxy: their http is led to the gate on its way.</summary>
public sealed class ClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NetworkManager_finds_a_portal_before_sign_in_and_the_whole_network_after_it()
    {
        await using var site = await LabSite.StartAsync(Cancel);
        await using var desktop = await NetworkManagerDevice.StartAsync(site.Client, site.Lab.Gateway, new Uri(LabSite.Site, "/nm"), Origin.Beginning, Cancel);

        var before = await desktop.CheckAsync(Cancel);
        await site.SignInAsync(Cancel);
        var after = await desktop.CheckAsync(Cancel);

        Assert.Equal(("portal", "full"), (before, after));
        Assert.All(site.Origin.Requests, request => Assert.Equal("GET /nm", request));
    }

    [Fact]
    public async Task Curl_gets_511_before_sign_in_and_the_site_after_it_by_both_families()
    {
        await using var site = await LabSite.StartAsync(Cancel);

        var before = (await GetAsync("-4"), await GetAsync("-6"));
        var reached = site.Origin.Requests.Count;
        await site.SignInAsync(Cancel);
        var after = (await GetAsync("-4"), await GetAsync("-6"));

        Assert.Equal((511, 511), before);
        Assert.Equal(0, reached);
        Assert.Equal((200, 200), after);

        async Task<int> GetAsync(string family) => (await site.CurlAsync([family, LabSite.Site.AbsoluteUri], Cancel)).Status;
    }

    [Fact]
    public async Task A_redirected_probe_arrives_at_a_plain_page_that_leads_to_the_portal_whatever_the_client_thinks_of_its_certificate()
    {
        await using var site = await LabSite.StartAsync(Cancel);

        foreach (var family in (string[])["-4", "-6"])
        {
            // Followed as Chromium does: what the redirect leads to is what counts.
            var answer = await site.CurlAsync([family, "-L", new Uri(LabSite.Site, "/generate_204").AbsoluteUri], Cancel);

            Assert.Equal([302, 200], answer.Statuses);
            Assert.Contains("Location: http://login.test:8081/portal/landing", answer.Output, StringComparison.Ordinal);
            Assert.Contains("<meta http-equiv=\"refresh\" content=\"0; url=https://login.test:8443/portal\">", answer.Output, StringComparison.Ordinal);
            Assert.Null(answer.Header("Set-Cookie"));
        }

        Assert.Empty(site.Origin.Requests);
    }

    [Fact]
    public async Task A_browser_is_led_from_511_to_the_portal_and_back_to_the_site()
    {
        await using var site = await LabSite.StartAsync(Cancel);
        await using var chromium = Chromium.Inside(site.Client);
        await using var visitor = await chromium.OpenAsync(new VisitorOptions { AnyCertificate = true }, Cancel);
        var page = visitor.Page;

        // 1. The site was asked for; the gate answered, and its page leads to the portal by itself.
        var blocked = await page.GotoAsync(LabSite.Site.AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await page.WaitForURLAsync(new Uri(LabSite.Portal, "/portal").AbsoluteUri + "**");
        var reached = site.Origin.Requests.Count;

        // 2. The family that the browser chose is the one that is signed in.
        await page.GetByLabel("Username").FillAsync("alice");
        await page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync("wonderland");
        await page.GetByLabel("I accept the terms of use").CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(new Uri(LabSite.Portal, "/portal/status").AbsoluteUri + "**");

        // 3. The site is there.
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Continue" }).ClickAsync();
        await page.GetByText(Origin.Greeting).WaitForAsync();

        Assert.Equal(511, blocked!.Status);
        Assert.Equal(0, reached);
    }
}
