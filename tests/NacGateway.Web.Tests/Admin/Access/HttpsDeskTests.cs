using System.Net;
using Microsoft.Extensions.Configuration;
using NacGateway.TestKit;
using NacGateway.Web.Hosting.Configuration;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Access;

/// <summary>The desk over https, and that it is not reached from afar without.</summary>
public sealed class HttpsDeskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("https");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_speaks_http_2_and_its_cookies_are_bound_to_host_and_tls()
    {
        using var pki = new TestPki();
        var (certificate, key, _) = pki.Write(_folder, "desk", pki.Issue("desk", "127.0.0.1"));
        await using var site = new AccessSite { More = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Admin:CertificateFile"] = certificate, ["Admin:CertificateKeyFile"] = key } };
        await site.InitializeAsync();
        Assert.Equal("https", site.Desk.Admin.Scheme);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.Subject == "CN=desk";
        using var client = new HttpClient(handler) { BaseAddress = site.Desk.Admin, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        var account = await site.AccountAsync();

        using var page = await client.GetAsync("/sign-in", Cancellation);
        var html = await page.Content.ReadAsStringAsync(Cancellation);
        var form = Assert.Single(page.Headers.GetValues("Set-Cookie"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Version = HttpVersion.Version20,
            Content = new FormUrlEncodedContent([KeyValuePair.Create("token", DeskBrowser.Hidden(html, "token")), KeyValuePair.Create("username", account.Name), KeyValuePair.Create("password", AccessSite.Password)]),
            Headers = { { "Cookie", form.Split(';')[0] } },
        };
        using var answer = await client.SendAsync(request, Cancellation);

        Assert.Equal(HttpVersion.Version20, answer.Version);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        var session = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.All([form, session], cookie =>
        {
            Assert.StartsWith("__Host-nac-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.Ordinal);
            Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
            Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Theory]
    [InlineData("0.0.0.0:8082", null, true)]
    [InlineData("[::]:8082", null, true)]
    [InlineData("192.0.2.1:8082", null, true)]
    [InlineData("192.0.2.1:8082", "true", false)]
    [InlineData("127.0.0.1:8082", null, false)]
    [InlineData("[::1]:8082", null, false)]
    public void Off_loopback_the_check_demands_a_certificate_and_says_how(string listen, string? allowed, bool isRefused)
    {
        var errors = Errors(("Admin:Listen", listen), ("Admin:AllowPlainHttp", allowed));

        Assert.Equal(isRefused, errors.Any(error => error.Contains("Admin:CertificateFile and Admin:CertificateKeyFile", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Admin:CertificateFile", "only-one.pem", "belong together")]
    [InlineData("Admin:PublicHosts:0", "https://nac.example.org/", "is no name")]
    [InlineData("Admin:Roles:0:Attribute", "Filter-Id", "Admin:Roles:0:Attribute 'Filter-Id' cannot be read")]
    [InlineData("Admin:Roles:0:Attribute", "No-Such-Attribute = 1", "Admin:Roles:0:Attribute 'No-Such-Attribute = 1' cannot be read")]
    [InlineData("Admin:Roles:0:Attribute", "User-Password = x", "cannot be looked at")]
    [InlineData("Admin:Roles:0:Role", "Emperor", "one of")]
    [InlineData("Admin:SessionLifetime", "00:00:01", "Admin:SessionLifetime")]
    [InlineData("Admin:IdleTimeout", "2.00:00:00", "Admin:IdleTimeout")]
    [InlineData("Admin:PasswordIterations", "1", "PasswordIterations")]
    public void A_wrong_setting_is_named_with_the_remedy(string key, string value, string expected)
    {
        List<(string, string?)> settings = [(key, value)];
        if (key == "Admin:Roles:0:Attribute")
        {
            settings.Add(("Admin:Roles:0:Role", "Viewer"));
        }

        Assert.Contains(Errors([.. settings]), error => error.Contains(expected, StringComparison.Ordinal) && error.Contains(key.Split(':')[1], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("192.0.2.1:8082", true)]
    [InlineData("127.0.0.1:8082", false)]
    public void Plain_http_to_other_machines_is_warned_of_with_what_becomes_of_the_cookie(string listen, bool isWarned)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Admin:Listen", (string?)listen), KeyValuePair.Create("Admin:AllowPlainHttp", (string?)"true")]).Build();

        var warnings = SettingsCheck.Run(settings, []).Warnings;

        Assert.Equal(isWarned, warnings.Any(warning => warning.StartsWith("Admin:AllowPlainHttp", StringComparison.Ordinal) && warning.Contains("neither Secure nor __Host-", StringComparison.Ordinal)));
    }

    private static IReadOnlyList<string> Errors(params (string Key, string? Value)[] settings) =>
        SettingsCheck.Run(new ConfigurationBuilder().AddInMemoryCollection(settings.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value))).Build(), []).Errors;
}
