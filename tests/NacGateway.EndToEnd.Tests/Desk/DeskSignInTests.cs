using Microsoft.Playwright;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Desk;

/// <summary>Administrators whom a real FreeRADIUS lets in, in a real browser, with and without script.</summary>
public sealed class DeskSignInTests(Chromium chromium)
{
    /// <summary>They are accepted as administrators only: what the gateway says of the service is a part of who they are.</summary>
    private static readonly FreeRadiusOptions s_people = new()
    {
        Users = """
            ada	Service-Type == Administrative-User, Cleartext-Password := "analytical"
            	Service-Type = Administrative-User,
            	Filter-Id = "nac-admin"

            hana	Cleartext-Password := "helpful", Tmp-String-0 := "123456"
            	Management-Privilege-Level = 7

            alice	Cleartext-Password := "wonderland"
            	Session-Timeout = 3600

            eve	Auth-Type := Reject
            	Reply-Message = "Ask Mia <b>at desk 4</b>"

            """,
    };

    private static readonly (string Key, string? Value)[] s_roles =
    [
        ("Admin:Roles:0:Attribute", "Filter-Id = nac-admin"), ("Admin:Roles:0:Role", "Administrator"),
        ("Admin:Roles:1:Attribute", "Management-Privilege-Level = 7"), ("Admin:Roles:1:Role", "HelpDesk"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "Pap")]
    [InlineData(false, "Pap")]
    [InlineData(false, "Chap")]
    [InlineData(false, "MsChapV2")]
    public async Task An_administrator_comes_back_to_the_page_that_was_asked_for(bool script, string method)
    {
        await using var site = await Site.StartAsync(Cancel, s_people, [.. s_roles, .. Site.Method(method)]);
        await using var visitor = await chromium.OpenAsync(new VisitorOptions { JavaScript = script, Width = 1440, Height = 900 }, Cancel);
        var page = visitor.Page;

        await page.GotoAsync(Desk(site, "/settings/admins"));
        await visitor.PictureAsync($"desk-sign-in-{(script ? "script" : "plain")}");
        await SignInAsync(page, "ada", "wrong");
        await page.GetByText("We could not sign you in", new() { Exact = true }).WaitForAsync();
        await visitor.PictureAsync($"desk-sign-in-refused-{(script ? "script" : "plain")}");
        Assert.Equal("ada", await page.GetByLabel("User name").InputValueAsync());
        Assert.Equal("", await page.GetByLabel("Password").InputValueAsync());
        await SignInAsync(page, "ada", "analytical");
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Administrators", Level = 1 }).WaitForAsync();

        Assert.Equal(Desk(site, "/settings/admins"), page.Url);
        await visitor.PictureAsync($"desk-admins-{(script ? "script" : "plain")}");
        Assert.Empty(await visitor.ComplaintsAsync());
    }

    [Fact]
    public async Task A_challenge_is_a_second_page()
    {
        await using var site = await Site.StartAsync(Cancel, s_people, s_roles);
        await using var visitor = await chromium.OpenAsync(new VisitorOptions { JavaScript = false, Width = 390 }, Cancel);
        var page = visitor.Page;

        await page.GotoAsync(Desk(site, "/me"));
        await SignInAsync(page, "hana", "helpful");
        await page.GetByLabel("Answer").FillAsync("123456");
        await visitor.PictureAsync("desk-code");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Continue" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Preferences", Level = 1 }).WaitForAsync();
        await visitor.PictureAsync("desk-me");

        Assert.Empty(await visitor.ComplaintsAsync());
    }

    [Theory]
    [InlineData("alice", "wonderland")]
    [InlineData("eve", "anything")]
    public async Task Whom_the_server_makes_no_administrator_stays_outside(string name, string password)
    {
        await using var site = await Site.StartAsync(Cancel, s_people, s_roles);
        await using var visitor = await chromium.OpenAsync(new VisitorOptions { JavaScript = false }, Cancel);

        await visitor.Page.GotoAsync(Desk(site, "/sign-in"));
        await SignInAsync(visitor.Page, name, password);

        await visitor.Page.GetByText("We could not sign you in", new() { Exact = true }).WaitForAsync();
        Assert.DoesNotContain("nac-desk", (await visitor.CookiesAsync()).Select(cookie => cookie.Name), StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_pages_have_no_barrier()
    {
        await using var site = await Site.StartAsync(Cancel, s_people, s_roles);
        await using var visitor = await chromium.OpenAsync(new VisitorOptions { Width = 1440 }, Cancel);
        var page = visitor.Page;
        List<string> barriers = [];
        await page.GotoAsync(Desk(site, "/sign-in"));
        await LookAsync("sign-in");
        await SignInAsync(page, "ada", "wrong");
        await page.GetByText("We could not sign you in", new() { Exact = true }).WaitForAsync();
        await LookAsync("sign-in-refused");
        await SignInAsync(page, "ada", "analytical");
        foreach (var path in (string[])["/me", "/settings/admins", "/settings/api-keys", "/audit", "/audit/1"])
        {
            await page.GotoAsync(Desk(site, path));
            await LookAsync(path.Replace('/', '-'));
        }

        Assert.Empty(barriers);
        Assert.Empty(await visitor.ComplaintsAsync());

        async Task LookAsync(string name)
        {
            foreach (var (dark, width) in ((bool, int)[])[(false, 1440), (true, 1440), (false, 360)])
            {
                await visitor.LookAsync(dark, width);
                await visitor.PictureAsync($"desk{name}-{(dark ? "dark" : "light")}-{width}");
                barriers.AddRange((await visitor.FindBarriersAsync()).Select(barrier => $"{name} {dark} {width}: {barrier}"));
                if (await visitor.ScrollsSidewaysAsync())
                {
                    barriers.Add($"{name} {width}: scrolls sideways");
                }
            }
        }
    }

    private static string Desk(Site site, string path) => new Uri(site.Gateway.Admin, path).AbsoluteUri;

    private static async Task SignInAsync(IPage page, string name, string password)
    {
        await page.GetByLabel("User name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
    }
}
