using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Core.Authentication;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Web.Desk;
using NacGateway.Web.Tests.Admin.Rules;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Walk;

/// <summary>What happens at a running gateway before the walk: people sign in through it, administrators change it, a server dies.</summary>
internal static class DeskVisits
{
    private const string Rules = """
        { "timeZone": "Europe/Berlin",
          "roles": [
            { "name": "staff", "limits": { "sessionTimeout": "08:00:00", "downloadRate": "50M" } },
            { "name": "guest", "limits": { "sessionTimeout": "04:00:00", "idleTimeout": "00:30:00", "uploadRate": "5M", "downloadRate": "20M", "totalQuota": "20G" }, "devices": { "most": 3, "oneMore": "endOldest" }, "destinations": [ "deny 10.0.0.0/8", "allow *" ] },
            { "name": "iot", "destinations": [ "allow *.vendor.example:443" ] } ],
          "rules": [
            { "name": "<img src=x onerror=window.hit=1>", "when": { "user": "<script>window.hit=1</script>" }, "refuse": "<script>window.hit=1</script>" },
            { "name": "elsewhere", "when": { "address": "192.0.2.0/24" }, "role": "guest" },
            { "name": "rest", "role": "staff" } ] }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task MakeAsync(DeskSite site)
    {
        await ApplyRulesAsync(site);
        await SignInsAsync(site);
        await AdministratorsAsync(site);
        await SettingsAsync(site);
        await ServersAsync(site);
    }

    private static async Task ApplyRulesAsync(DeskSite site)
    {
        var store = site.Service<PolicyStore>();
        await store.ApplyAsync("""{ "roles": [ { "name": "staff" } ], "rules": [ { "name": "rest", "role": "staff" } ] }""", "k.ito", Token);
        await store.ApplyAsync(Rules, "<script>window.hit=1</script>", Token);
        await site.Service<PolicyUpkeep>().FollowAsync(Token);
        Assert.True(await store.NewestAsync(Token) >= 2, "The rules of the walk were not taken.");
    }

    /// <summary>One device: its browser asks for a page, is sent to the portal, is rejected twice, asked once, and let in; then others by the same service.</summary>
    private static async Task SignInsAsync(DeskSite site)
    {
        using var person = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        person.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "Mozilla/5.0 <script>window.hit=1</script>");
        using var asked = new HttpRequestMessage(HttpMethod.Get, site.Gate) { Headers = { Host = "news.example" } };
        using var answer = await person.SendAsync(asked, Token);
        Assert.Equal(HttpStatusCode.NetworkAuthenticationRequired, answer.StatusCode);
        foreach (var (user, password) in ((string, string)[])[("eve", "anything"), ("mallory", "anything"), ("bob", "builder"), ("alice", "wonderland")])
        {
            var page = await person.GetStringAsync(new Uri(site.Portal, "/portal"), Token);
            var token = WebUtility.HtmlDecode(page.Split("name=\"token\" value=\"")[1].Split('"')[0]);
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("username", user), KeyValuePair.Create("password", password), KeyValuePair.Create("terms", "on"), KeyValuePair.Create("token", token)]);
            using var said = await person.PostAsync(new Uri(site.Portal, "/portal/sign-in"), form, Token);
        }

        Assert.True(site.Service<SessionTable>().TryGet(IPAddress.Loopback, out _), "Nobody was let in.");
        await LoginAsync("olga", "opera", "2001:db8:4::77");
        await LoginAsync("carl", "sagan's cosmos", "10.20.7.7");
        for (var number = 0; number < 5; number++)
        {
            await LoginAsync(DeskSeed.HostileNames[0], "guess", "10.20.8.8");
        }

        Task<LoginOutcome> LoginAsync(string user, string password, string address) =>
            site.Service<LoginService>().LoginAsync(new LoginAttempt { ClientAddress = IPAddress.Parse(address), UserName = user, Password = password, CallingStationId = "A2-37-D4-00-77-77" }, Token);
    }

    private static async Task AdministratorsAsync(DeskSite site)
    {
        var accounts = site.Service<AdministratorAccounts>();
        AuditEntry Line(string action, string target, string? detail = null) => new() { Actor = "tester", Role = "Administrator", Source = "127.0.0.1", Action = action, Target = target, Detail = detail };
        await accounts.AddAsync(new NewAdministrator { Name = "break-glass", PasswordHash = "x", Role = DeskRole.Administrator, TotpSecret = [1, 2, 3] }, Line("admin.add", "break-glass"), Token);
        await accounts.AddAsync(new NewAdministrator { Name = "m.okafor", PasswordHash = "x", Role = DeskRole.HelpDesk }, Line("admin.add", "m.okafor"), Token);
        var keys = site.Service<ApiKeys>();
        await keys.MakeAsync("Grafana in the control room", DeskRole.Viewer, TimeSpan.FromDays(90), Line("key.make", "Grafana in the control room"), Token);
        await keys.MakeAsync("<script>window.hit=1</script>", DeskRole.Auditor, TimeSpan.FromDays(2), Line("key.make", "<script>window.hit=1</script>"), Token);
        await site.Service<SavedViews>().SaveAsync("tester", "/sessions", new SavedViewText("<script>window.hit=1</script>", "state=stale"), Line("view.save", "<script>window.hit=1</script>"), Token);
        await site.Service<SavedViews>().SaveAsync("tester", "/sessions", new SavedViewText("Stale ones of the second gateway", "q=visitor&state=stale"), Line("view.save", "Stale ones of the second gateway"), Token);
        var trail = site.Service<AuditLog>();
        for (var number = 0; number < 70; number++)
        {
            var name = DeskSeed.HostileNames[number % DeskSeed.HostileNames.Count];
            await trail.RecordAsync(Line((number % 4) switch { 0 => "session.disconnect", 1 => "session.role", 2 => "policy.save", _ => "person.unlock" }, number % 3 == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"guest-{number}"), number % 5 == 0 ? $"From '{name}' to 'staff'." : null) with { Actor = number % 9 == 0 ? name : "k.ito", Outcome = number % 11 == 0 ? "refused" : "done" }, Token);
        }

        await using var database = await site.DatabaseAsync();
        var now = TimeProvider.System.GetUtcNow();
        database.Add(new AdminSession { TokenHash = [.. Enumerable.Repeat((byte)7, 32)], Name = "tester", Role = DeskRole.Administrator, Origin = "radius dc-1", StartedAt = now.AddHours(-2), SeenAt = now, ExpiresAt = now.AddHours(6), Source = "2001:db8:ffff::1", UserAgent = DeskSeed.HostileNames[1] });
        await database.SaveChangesAsync(Token);
    }

    private static async Task SettingsAsync(DeskSite site)
    {
        using var admin = site.Client(DeskRole.Administrator, "k.ito");
        foreach (var (version, value) in ((string, string)[])[("0", "help.invalid\r\n*.vendor.example"), ("1", "help.invalid\r\n*.vendor.example\r\npay.example")])
        {
            using var saved = await admin.PostAsync("/settings/save", ("name", "WalledGarden:Hosts"), ("version", version), ("value", value));
        }

        await using var database = await site.DatabaseAsync();
        database.Add(new SettingVersion { Name = "Sessions:MaxPerUser", Value = "3", CreatedAt = TimeProvider.System.GetUtcNow(), CreatedBy = DeskSeed.HostileNames[0] });
        await database.SaveChangesAsync(Token);
        await site.Service<Core.Administration.Runtime.RuntimeSettings>().FollowAsync(Token);
    }

    /// <summary>Asks the one that is silent until it is held for dead, and the one with another secret once.</summary>
    private static async Task ServersAsync(DeskSite site)
    {
        using var helpDesk = site.Client(DeskRole.HelpDesk, "m.okafor");
        helpDesk.DefaultRequestHeaders.Add(DeskOrigin.Header, HeaderAuthentication.FormToken);
        foreach (var server in (string[])["dc-2", "dc-3", "dc-2", "dc-2", "dc-1"])
        {
            using var answer = await helpDesk.PostAsJsonAsync("/api/v1/radius/test", new { user = server == "dc-1" ? "mallory" : "tester", password = "guess", server }, Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }
}
