using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Portal;

/// <summary>Every answer of the portal, to good requests and to bad ones.</summary>
public sealed partial class PortalRequestTests(PortalSite site) : IClassFixture<PortalSite>
{
    public static TheoryData<string> Paths => ["/", "/portal", "/portal/", "/portal/sign-in", "/portal/challenge", "/portal/status", "/portal/log-off", "/portal/bye", "/portal/help", "/portal/help?ref=AB1-2CD", "/captive-api", "/nowhere", "/portal/..%2f..%2fetc"];

    [Fact]
    public async Task A_device_on_IPv4_is_shown_and_served_under_its_own_address_by_a_listener_for_both()
    {
        await using var both = new PortalSite { More = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Portal:Listen"] = "[::]:0", ["Gate:Listen"] = "[::]:0" } };
        await both.InitializeAsync();
        using var client = both.Client();

        await client.SignInAsync("alice", "wonderland");

        var html = (await client.GetAsync("/portal/status")).Html;
        Assert.DoesNotContain("::ffff:", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("127.7.0.1", html, StringComparison.Ordinal);
        Assert.DoesNotContain(both.Log, line => line.Message.Contains("::ffff:", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Every_answer_is_locked_down_never_stored_and_sets_no_cookie(string path)
    {
        using var client = site.Client();

        var answer = await client.GetAsync(path);

        Assert.InRange((int)answer.Status, 200, 404);
        Assert.DoesNotContain("Set-Cookie", answer.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("no-store", answer.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.Equal("DENY", answer.Headers["X-Frame-Options"]);
        var policy = answer.Headers["Content-Security-Policy"].Split("; ");
        Assert.Contains("default-src 'none'", policy, StringComparer.Ordinal);
        Assert.Contains("form-action 'self'", policy, StringComparer.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparer.Ordinal);
        Assert.Contains("base-uri 'none'", policy, StringComparer.Ordinal);
        Assert.DoesNotContain("unsafe", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_policy_allows_exactly_the_style_sheet_that_is_sent()
    {
        using var client = site.Client();

        var page = await client.GetAsync("/portal");

        var style = Assert.Single(StyleSheet.Matches(page.Html)).Groups["css"].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        Assert.Equal(
            $"default-src 'none'; style-src 'sha256-{hash}'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            page.Headers["Content-Security-Policy"]);
        Assert.DoesNotContain(" style=", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/portal", "PUT", "GET, HEAD")]
    [InlineData("/portal", "POST", "GET, HEAD")]
    [InlineData("/portal/sign-in", "DELETE", "GET, HEAD, POST")]
    [InlineData("/portal/status", "OPTIONS", "GET, HEAD")]
    [InlineData("/captive-api", "POST", "GET, HEAD")]
    public async Task Another_method_is_refused_with_those_that_serve(string path, string method, string allowed)
    {
        using var client = site.Client();

        var answer = await client.SendAsync(new HttpMethod(method), path, null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Equal(allowed, answer.Headers["Allow"]);
    }

    [Fact]
    public async Task HEAD_is_GET_without_the_body()
    {
        using var client = site.Client();

        var get = await client.GetAsync("/portal/help");
        var head = await client.SendAsync(HttpMethod.Head, "/portal/help", null);

        Assert.Empty(head.Html);
        Assert.Equal(get.Status, head.Status);
        Assert.Equal(get.Headers["Content-Length"], head.Headers["Content-Length"]);
    }

    [Theory]
    [InlineData("ar-EG, en;q=0.5", "", "ar", "rtl")]
    [InlineData("fr, de-AT;q=0.8, en;q=0.2", "", "de", "ltr")]
    [InlineData("fr", "", "en", "ltr")]
    [InlineData("de", "?lang=ar", "ar", "rtl")]
    [InlineData("de;q=abc,,;=", "?lang=xx", "en", "ltr")]
    public async Task The_page_speaks_the_chosen_or_the_best_accepted_language(string accepted, string query, string language, string direction)
    {
        using var client = site.Client();

        var page = await client.GetAsync("/portal" + query, ("Accept-Language", accepted));

        Assert.Contains($"<html lang=\"{language}\" dir=\"{direction}\">", page.Html, StringComparison.Ordinal);
        Assert.Equal(language, page.Headers["Content-Language"]);
    }

    [Theory]
    [InlineData("/portal?url=https://evil.example/&next=//evil.example")]
    [InlineData("/portal//evil.example/")]
    [InlineData("/portal/sign-in?lang=de&return=https://evil.example")]
    [InlineData("/?https://evil.example")]
    public async Task No_request_makes_the_portal_lead_elsewhere(string path)
    {
        using var client = site.Client();

        var answer = await client.GetAsync(path, ("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"));

        Assert.DoesNotContain("evil.example", answer.Html + answer.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_holds_no_foreign_resource_and_no_link_that_login_windows_cannot_follow()
    {
        using var client = site.Client();

        var page = await client.GetAsync("/portal");

        Assert.DoesNotContain("http://", page.Html.Replace(site.Portal.AbsoluteUri, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("target=", page.Html, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], int> BadForms => new()
    {
        { "application/x-www-form-urlencoded", new byte[17 * 1024], 413 },
        { "application/x-www-form-urlencoded", Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 1_000).Select(n => $"f{n}=1"))), 400 },
        { "application/x-www-form-urlencoded", Encoding.ASCII.GetBytes("token=" + new string('a', 9_000)), 400 },
        { "application/x-www-form-urlencoded", Encoding.ASCII.GetBytes(new string('k', 100) + "=1"), 400 },
        { "application/x-www-form-urlencoded", "%%%=%zz&username=%ff%fe&password=%00"u8.ToArray(), 400 },
        { "application/x-www-form-urlencoded", [0xFF, 0xFE, 0x00, 0x3D, 0x80], 400 },
        { "application/x-www-form-urlencoded", [], 400 },
        { "application/x-www-form-urlencoded", "username=a%00b&password=c&terms=yes"u8.ToArray(), 400 },
        { "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nalice\r\n--x--"u8.ToArray(), 415 },
        { "application/json", "{\"username\":\"alice\"}"u8.ToArray(), 415 },
        { "text/plain", "username=alice"u8.ToArray(), 415 },
    };

    [Theory]
    [MemberData(nameof(BadForms))]
    public async Task A_bad_form_gets_a_page_and_leaves_no_error_in_the_log(string contentType, byte[] body, int status)
    {
        using var client = site.Client();
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        var answer = await client.SendAsync(HttpMethod.Post, "/portal/sign-in", content);

        Assert.Equal(status, (int)answer.Status);
        Assert.Contains("</html>", answer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Log, line => line.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_read_no_further_than_the_bound()
    {
        using var client = site.Client();
        using var content = new ByteArrayContent(new byte[64 * 1024]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded");

        var answer = await client.SendAsync(HttpMethod.Post, "/portal/sign-in", content, ("Transfer-Encoding", "chunked"));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.DoesNotContain(site.Log, line => line.Level >= LogLevel.Error);
    }

    /// <summary>Beside a new token, compression would tell how much of a guess is right (BREACH).</summary>
    [Fact]
    public async Task A_page_is_compressed_unless_it_repeats_what_was_sent()
    {
        using var client = site.Client();
        (string, string) brotli = ("Accept-Encoding", "gzip, br");

        var form = await client.GetAsync("/portal", brotli);
        var token = (await client.GetAsync("/portal")).Token;
        var rejected = await client.PostAsync("/portal/sign-in", PortalClient.Entries("nobody", "anything", token), brotli);

        Assert.Equal("br", form.Headers["Content-Encoding"]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, rejected.Status);
        Assert.Contains("value=\"nobody\"", rejected.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Encoding", rejected.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\u0085b")]
    [InlineData("")]
    public async Task A_user_name_that_RADIUS_should_not_see_is_refused_before_it(string userName)
    {
        using var client = site.Client();
        var before = site.Asked(userName);

        var answer = await client.SignInAsync(userName, "anything");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("id=\"username-error\"", answer.Html, StringComparison.Ordinal);
        Assert.Equal(before, site.Asked(userName));
    }

    [Theory]
    [InlineData(254, 10)]
    [InlineData(10, 129)]
    [Requirement("RPW-2")]
    public async Task What_RADIUS_cannot_carry_is_refused_before_it(int userNameLength, int passwordLength)
    {
        using var client = site.Client();

        var answer = await client.SignInAsync(new string('u', userNameLength), new string('p', passwordLength));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(0, site.Asked(new string('u', userNameLength)));
    }

    /// <summary>RFC 8908 section 5.</summary>
    [Fact]
    public async Task The_captive_portal_API_tells_the_state_of_the_device_that_asks()
    {
        using var client = site.Client();

        var before = await client.GetAsync("/captive-api");
        await client.SignInAsync("alice", "wonderland");
        var after = await client.GetAsync("/captive-api");

        Assert.Equal("application/captive+json", before.Headers["Content-Type"]);
        Assert.Contains("private", before.Headers["Cache-Control"], StringComparison.Ordinal);
        var captive = JsonDocument.Parse(before.Html).RootElement;
        Assert.True(captive.GetProperty("captive").GetBoolean());
        Assert.Equal(new Uri(site.Portal, "/portal").AbsoluteUri, captive.GetProperty("user-portal-url").GetString());
        var open = JsonDocument.Parse(after.Html).RootElement;
        Assert.False(open.GetProperty("captive").GetBoolean());
        Assert.InRange(open.GetProperty("seconds-remaining").GetInt64(), 3_000, 3_600);
        Assert.False(open.GetProperty("can-extend-session").GetBoolean());
    }

    [Fact]
    public async Task Over_plain_http_there_is_no_API_unless_the_settings_say_so()
    {
        await using var strict = new PortalSite { CaptiveApiOverHttp = false };
        await strict.InitializeAsync();
        using var client = strict.Client();

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/captive-api")).Status);
    }

    [GeneratedRegex("<style>(?<css>.*?)</style>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StyleSheet { get; }
}
