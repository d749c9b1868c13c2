using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Access;

/// <summary>A browser without script: cookies, forms with their hidden fields, no redirects followed.</summary>
internal sealed partial class DeskBrowser(Uri desk) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = desk };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Cookies by name; a test may plant some.</summary>
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>Headers of the last answer that set cookies.</summary>
    public IReadOnlyList<string> SetCookies { get; private set; } = [];

    public string? Session => Cookies.GetValueOrDefault("nac-desk");

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), headers);

    public async Task<string> PageAsync(string path)
    {
        using var answer = await GetAsync(path);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode} {answer.Headers.Location} {page}");
        return page;
    }

    /// <summary>Sends a form; its token is that of the page unless one is given.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, IEnumerable<(string Name, string Value)> fields, params (string Name, string Value)[] headers) =>
        await SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) }, headers);

    /// <summary>Sends a form of the signed-in administrator, with its token.</summary>
    public async Task<HttpResponseMessage> ActAsync(string path, params (string Name, string Value)[] fields) =>
        await PostAsync(path, [("csrf", await FormTokenAsync()), .. fields]);

    public async Task<string> FormTokenAsync() => Csrf().Match(await PageAsync("/me")).Groups["token"].Value;

    public async Task<HttpResponseMessage> SignInAsync(string name, string password, string wanted = "/me", params (string Name, string Value)[] headers)
    {
        using var page = await GetAsync($"/sign-in?return={Uri.EscapeDataString(wanted)}");
        var html = await page.Content.ReadAsStringAsync(Cancellation);
        return await PostAsync("/sign-in", [("token", Hidden(html, "token")), ("return", Hidden(html, "return")), ("username", name), ("password", password)], headers);
    }

    public Task<HttpResponseMessage> AnswerAsync(string codePage, string answer) =>
        PostAsync("/sign-in/code", [("token", Hidden(codePage, "token")), ("return", Hidden(codePage, "return")), ("step", Hidden(codePage, "step")), ("answer", answer)]);

    public static string Hidden(string html, string name)
    {
        var field = Regex.Match(html, $"""<input type="hidden" name="{name}" value="(?<value>[^"]*)" ?/?>""", RegexOptions.None, TimeSpan.FromSeconds(5));
        Assert.True(field.Success, $"no hidden field {name} in {html}");
        return WebUtility.HtmlDecode(field.Groups["value"].Value);
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        using (request)
        {
            if (Cookies.Count > 0)
            {
                request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            }

            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            var answer = await _client.SendAsync(request, Cancellation);
            SetCookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : [];
            foreach (var cookie in SetCookies)
            {
                var pair = cookie.Split(';')[0].Split('=', 2);
                if (pair[1].Length == 0)
                {
                    Cookies.Remove(pair[0]);
                }
                else
                {
                    Cookies[pair[0]] = pair[1];
                }
            }

            return answer;
        }
    }

    [GeneratedRegex("""<meta name="csrf" content="(?<token>[^"]+)" ?/?>""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Csrf();
}
