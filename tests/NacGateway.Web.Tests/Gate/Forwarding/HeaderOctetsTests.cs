using System.Globalization;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>Values of fields pass the gate octet for octet, on the direct way and on a route. In these texts a character is an octet.</summary>
public sealed class HeaderOctetsTests : IAsyncLifetime
{
    private const string Latin = "a=\u00fc; b=\u0085\u00a0\u00ff";
    private const string Utf8 = "attachment; filename=\"Pr\u00c3\u00bcfung \u00e2\u0082\u00ac.pdf\"";

    private readonly RawOrigin _origin = new();
    private readonly RawOrigin _answers = new(static async (connection, token) =>
    {
        while (await connection.ReadHeadAsync(token) is not null)
        {
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Disposition: {Utf8}\r\nX-Latin: {Latin}\r\nSet-Cookie: {Latin}\r\n\r\n", token);
        }
    });

    private GateSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await GateSite.StartAsync(
        ("ReverseProxy:Routes:one:ClusterId", "one"),
        ("ReverseProxy:Routes:one:Match:Hosts:0", "echo.test"),
        ("ReverseProxy:Clusters:one:HttpClient:RequestHeaderEncoding", "utf-8"),
        ("ReverseProxy:Clusters:one:Destinations:one:Address", $"http://127.0.0.1:{Text(_origin.Port)}/"),
        ("ReverseProxy:Routes:two:ClusterId", "two"),
        ("ReverseProxy:Routes:two:Match:Hosts:0", "answers.test"),
        ("ReverseProxy:Clusters:two:Destinations:one:Address", $"http://127.0.0.1:{Text(_answers.Port)}/"));

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _origin.DisposeAsync();
        await _answers.DisposeAsync();
    }

    [Theory]
    [InlineData(true, Latin)]
    [InlineData(false, Latin)]
    [InlineData(true, Utf8)]
    [InlineData(false, Utf8)]
    public async Task Towards_the_server(bool routed, string value)
    {
        var answer = await AskAsync(routed ? "echo.test" : $"origin.test:{Text(_origin.Port)}", $"Cookie: {value}\r\nX-Name: {value}\r\n");

        Assert.Equal(200, answer.Status);
        Assert.Equal((value, value), (RawResponse.Field(answer.Body, "Cookie"), RawResponse.Field(answer.Body, "X-Name")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Towards_the_client(bool routed)
    {
        var answer = await AskAsync(routed ? "answers.test" : $"origin.test:{Text(_answers.Port)}");

        Assert.Equal(200, answer.Status);
        Assert.Equal((Utf8, Latin, Latin), (answer["Content-Disposition"], answer["X-Latin"], answer["Set-Cookie"]));
    }

    [Theory]
    [InlineData("Host: b\u00fccher.test")]
    [InlineData("Host: a.test\r\nX-Any: a\0b")]
    public async Task Where_only_ASCII_can_stand_nothing_else_passes(string fields)
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            Assert.Equal(400, (await connection.AskAsync($"GET / HTTP/1.1\r\n{fields}\r\n\r\n", Token)).Status);
            Assert.Equal(0, _origin.Connections);
        }
    }

    [Fact]
    public async Task Before_sign_in_they_change_nothing()
    {
        using var connection = await _site.ConnectAsync(_site.NewClient());

        Assert.Equal(511, (await connection.AskAsync($"GET / HTTP/1.1\r\nHost: a.test\r\nAccept-Language: \u00fc\r\nAccept: \u00fc\r\nCookie: {Latin}\r\n\r\n", Token)).Status);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<RawResponse> AskAsync(string host, string fields = "")
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            return await connection.AskAsync($"GET / HTTP/1.1\r\nHost: {host}\r\n{fields}\r\n", Token);
        }
    }
}
