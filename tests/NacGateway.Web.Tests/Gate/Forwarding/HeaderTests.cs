using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>Which fields pass the gate, towards the origin and back.</summary>
public sealed class HeaderTests(SharedSite shared) : IClassFixture<SharedSite>, IAsyncDisposable
{
    private const string Hops = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=9\r\nProxy-Connection: keep-alive\r\nProxy-Authenticate: Basic realm=x\r\n"
        + "X-Kept: yes\r\nServer: origin/1\r\nVia: 1.0 inner\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n\r\n";

    private readonly RawOrigin _echo = new();
    private readonly RawOrigin _hops = new(static async (connection, token) =>
    {
        while (await connection.ReadHeadAsync(token) is not null)
        {
            await connection.WriteAsync(Hops, token);
        }
    });

    private readonly GateSite _site = shared.Site;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _echo.DisposeAsync();
        await _hops.DisposeAsync();
    }

    [Theory]
    [InlineData("Connection: X-Mine, keep-alive", "Connection")]
    [InlineData("Connection: X-Mine\r\nX-Mine: secret", "X-Mine")]
    [InlineData("Connection: x-other, x-mine\r\nX-Mine: secret", "X-Mine")]
    [InlineData("Connection: x-other\r\nConnection:x-mine\r\nX-Mine: secret", "X-Mine")]
    [InlineData("Keep-Alive: timeout=5", "Keep-Alive")]
    [InlineData("Proxy-Connection: keep-alive", "Proxy-Connection")]
    [InlineData("Proxy-Authorization: Basic YTpi", "Proxy-Authorization")]
    [InlineData("Upgrade: h2c", "Upgrade")]
    [InlineData("X-Forwarded-For: 203.0.113.9", "X-Forwarded-For")]
    [InlineData("X-Forwarded-Host: a.test", "X-Forwarded-Host")]
    [InlineData("X-Forwarded-Proto: https", "X-Forwarded-Proto")]
    [InlineData("X-Forwarded-Prefix: /a", "X-Forwarded-Prefix")]
    [InlineData("X-Forwarded-Port: 1", "X-Forwarded-Port")]
    [InlineData("Forwarded: for=203.0.113.9", "Forwarded")]
    [InlineData("X-Real-IP: 203.0.113.9", "X-Real-IP")]
    [InlineData("True-Client-IP: 203.0.113.9", "True-Client-IP")]
    [InlineData("X-Original-URL: /admin", "X-Original-URL")]
    public async Task What_is_for_this_hop_alone_or_tells_of_the_lan_stays_here(string fields, string name)
    {
        var origin = await AskEchoAsync(fields);

        Assert.Null(RawResponse.Field(origin, name));
    }

    [Fact]
    public async Task Nothing_of_the_clients_address_reaches_the_origin()
    {
        var client = _site.NewClient();
        await _site.SignInAsync(client);
        using var connection = await _site.ConnectAsync(client);

        var answer = await connection.AskAsync($"GET / HTTP/1.1\r\nHost: {Host(_echo)}\r\n\r\n", Token);

        Assert.Equal($"GET / HTTP/1.1\r\nHost: {Host(_echo)}\r\nVia: 1.1 nacgateway\r\n\r\n", answer.Body);
    }

    [Fact]
    public async Task What_must_go_on_cannot_be_taken_out_by_naming_it()
    {
        var origin = await AskEchoAsync("Connection: Host, Content-Length\r\nContent-Length: 0");

        Assert.Equal((Host(_echo), "0"), (RawResponse.Field(origin, "Host"), RawResponse.Field(origin, "Content-Length")));
    }

    [Theory]
    [InlineData("Authorization: Basic YTpi")]
    [InlineData("Cookie: a=b; c=d")]
    [InlineData("Accept-Encoding: br, gzip")]
    [InlineData("If-None-Match: \"x\"")]
    [InlineData("Range: bytes=0-1")]
    [InlineData("X-Anything: kept  as it is")]
    [InlineData("User-Agent: strange (agent")]
    [InlineData("Referer: http://a.test/?q")]
    [InlineData("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    public async Task What_is_for_the_origin_goes_on_as_it_is(string field) =>
        Assert.Contains($"\r\n{field}\r\n", await AskEchoAsync(field), StringComparison.Ordinal);

    [Fact]
    public async Task The_gate_adds_itself_behind_earlier_proxies() =>
        Assert.Equal("1.0 inner, 1.1 nacgateway", RawResponse.Field(await AskEchoAsync("Via: 1.0 inner"), "Via"));

    [Fact]
    public async Task An_answer_loses_what_is_for_one_hop_and_keeps_the_rest()
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var answer = await connection.AskAsync($"GET / HTTP/1.1\r\nHost: {Host(_hops)}\r\n\r\n", Token);

            Assert.All(["X-Hop", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Connection"], name => Assert.Null(answer[name]));
            Assert.Equal(("yes", "origin/1"), (answer["X-Kept"], answer["Server"]));
            Assert.Contains("\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n", answer.Head, StringComparison.Ordinal);
        }
    }

    private static string Host(RawOrigin origin) => $"origin.test:{origin.Port}";

    private async Task<string> AskEchoAsync(string fields)
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var answer = await connection.AskAsync($"GET / HTTP/1.1\r\nHost: {Host(_echo)}\r\n{fields}\r\n\r\n", Token);
            Assert.Equal(200, answer.Status);
            return answer.Body;
        }
    }
}
