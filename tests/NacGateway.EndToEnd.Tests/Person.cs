using System.Net;
using System.Text.RegularExpressions;

namespace NacGateway.EndToEnd.Tests;

/// <summary>Somebody who fills in the forms, with a client that knows neither script nor cookie.</summary>
internal sealed partial class Person(Uri portal, Uri gate) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = true });

    /// <summary>The page in front of the person.</summary>
    public string Html { get; private set; } = "";

    /// <summary>Status of that page.</summary>
    public HttpStatusCode Status { get; private set; }

    /// <summary>Path of that page.</summary>
    public string Path { get; private set; } = "";

    /// <summary>The page as text, without tags, spaces as one.</summary>
    public string Text => Spaces.Replace(WebUtility.HtmlDecode(Tags.Replace(Html, " ")), " ");

    /// <summary>The reference code that the page shows.</summary>
    public string Reference => ReferenceCode.Match(Text) is { Success: true } match
        ? match.Groups["code"].Value
        : throw new InvalidOperationException($"The page shows no reference: {Text}");

    public Task OpenAsync(string path, CancellationToken cancellationToken) => ReadAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Opens the sign-in page, fills it in and submits it.</summary>
    public async Task SignInAsync(string userName, string password, CancellationToken cancellationToken)
    {
        await OpenAsync("/portal", cancellationToken);
        await SubmitAsync("/portal/sign-in", [new("username", userName), new("password", password), new("terms", "yes")], cancellationToken);
    }

    /// <summary>Submits a form of the page in front: the fields typed, and the hidden ones as they are.</summary>
    public Task SubmitAsync(string path, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        var typed = fields.ToDictionary(StringComparer.Ordinal);
        foreach (Match hidden in HiddenField.Matches(Html))
        {
            typed.TryAdd(hidden.Groups["name"].Value, WebUtility.HtmlDecode(hidden.Groups["value"].Value));
        }

        return ReadAsync(HttpMethod.Post, path, new FormUrlEncodedContent(typed), cancellationToken);
    }

    /// <summary>Asks the gate for a page and returns the status.</summary>
    public async Task<int> AskGateAsync(CancellationToken cancellationToken)
    {
        using var response = await _client.GetAsync(gate, cancellationToken);
        return (int)response.StatusCode;
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HiddenField { get; }

    [GeneratedRegex("<style>.*?</style>|<[^>]+>", RegexOptions.Singleline, 1000)]
    private static partial Regex Tags { get; }

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces { get; }

    [GeneratedRegex(@"\b(?<code>[0-9A-Z]{3}-[0-9A-Z]{3})\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReferenceCode { get; }

    private async Task ReadAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(portal, path)) { Content = content };
        request.Headers.AcceptLanguage.ParseAdd("en");
        using var response = await _client.SendAsync(request, cancellationToken);
        Html = await response.Content.ReadAsStringAsync(cancellationToken);
        Status = response.StatusCode;
        Path = response.RequestMessage!.RequestUri!.AbsolutePath;
    }
}
