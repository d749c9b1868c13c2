using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace NacGateway.EndToEnd.Tests;

/// <summary>Somebody who fills in the forms, with a client that knows neither script nor cookie.</summary>
/// <param name="portal">Root of the sign-in pages.</param>
/// <param name="gate">Where the gate listens.</param>
/// <param name="address">The person's own address; null for 127.0.0.1.</param>
/// <param name="handler">By which the person connects, in place of an address of this machine.</param>
internal sealed partial class Person(Uri portal, Uri gate, IPAddress? address = null, SocketsHttpHandler? handler = null) : IDisposable
{
    private readonly HttpClient _client = new(handler ?? new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = true, ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, address, cancellationToken) });

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

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint to, IPAddress? from, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));
            await socket.ConnectAsync(to, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

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
