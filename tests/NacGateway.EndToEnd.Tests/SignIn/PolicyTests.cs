using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.SignIn;

/// <summary>Rules at work: a real FreeRADIUS names roles, the real gateway applies those that it was seeded with.</summary>
public sealed class PolicyTests
{
    private const string Users = """
        carol	Cleartext-Password := "looking-glass"
        	Session-Timeout = 28800,
        	Filter-Id = "quarantine"

        dan	Cleartext-Password := "looking-glass"
        	Filter-Id = "engineers"

        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("RATT-15")]
    public async Task A_filter_of_the_server_puts_the_session_under_the_role_of_that_name()
    {
        await using var site = await StartAsync();
        using var person = site.Person();

        await person.SignInAsync("carol", "looking-glass", Cancel);

        Assert.Equal("/portal/status", person.Path);
        using var client = new HttpClient();
        var status = await client.GetFromJsonAsync<JsonElement>(new Uri(site.Gateway.Portal, "/captive-api"), Cancel);
        Assert.InRange(status.GetProperty("seconds-remaining").GetInt32(), 3000, 3600);
    }

    [Fact]
    [Requirement("RATT-15")]
    public async Task A_filter_that_no_role_is_named_after_lets_nobody_in()
    {
        await using var site = await StartAsync();
        using var person = site.Person();

        await person.SignInAsync("dan", "looking-glass", Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, person.Status);
        var line = await site.Gateway.WaitForLogAsync(line => line.Contains($"{person.Reference}:", StringComparison.Ordinal), Cancel);
        Assert.Contains("names role 'engineers'", line, StringComparison.Ordinal);
    }

    private static Task<Site> StartAsync() =>
        Site.StartAsync(Cancel, new FreeRadiusOptions { Users = Users }, ("Portal:CaptiveApiOverHttp", "true"));
}
