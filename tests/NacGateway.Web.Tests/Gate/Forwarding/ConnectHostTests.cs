using System.Globalization;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>A CONNECT leads where its target says, whatever its Host says (RFC 9110 section 9.3.6).</summary>
public sealed class ConnectHostTests : IAsyncLifetime
{
    private readonly RawOrigin _echo = new(static async (connection, token) =>
    {
        while (true)
        {
            await connection.WriteAsync(await connection.ReadAsync(1, token), token);
        }
    });

    private readonly RawOrigin _site = new();
    private GateSite _gate = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => $"origin.test:{Text(_echo.Port)}";

    public async ValueTask InitializeAsync() => _gate = await GateSite.StartAsync(("Gate:TunnelPorts:0", Text(_echo.Port)), ("WalledGarden:Hosts:0", "origin.test"));

    public async ValueTask DisposeAsync()
    {
        await _gate.DisposeAsync();
        await _echo.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Theory]
    [InlineData("HTTP/1.1\r\nHost: origin.test\r\n\r\n")]
    [InlineData("HTTP/1.1\r\nUser-Agent: Java/21\r\nhost:ORIGIN.test:443\r\nProxy-Connection: keep-alive\r\n\r\n")]
    [InlineData("HTTP/1.1\r\nX: y\r\nHost: elsewhere.test:1 \t\r\n\r\n")]
    [InlineData("HTTP/1.1\r\nHost:\r\n\r\n")]
    [InlineData("HTTP/1.0\r\n\r\n")]
    [InlineData("HTTP/1.0\r\nX: y\r\n\r\n")]
    [InlineData("HTTP/1.0\r\nHost: origin.test\r\n\r\n")]
    public async Task It_opens_the_tunnel_to_its_target_with_all_that_was_sent_behind_the_head(string rest)
    {
        var binary = string.Concat(Enumerable.Range(0, 1024).Select(n => (char)(n & 255))) + "CONNECT a:1 HTTP/1.1\r\nHost: b\r\n\r\n";
        var (connection, _) = await _gate.ConnectSignedInAsync();
        using (connection)
        {
            await connection.WriteAsync($"CONNECT {Target} {rest}{binary}", Token);

            Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadHeadAsync(Token), StringComparison.Ordinal);
            Assert.Equal(binary, await connection.ReadAsync(binary.Length, Token));
        }
    }

    [Fact]
    public async Task It_is_the_same_when_the_octets_come_one_by_one()
    {
        var (connection, _) = await _gate.ConnectSignedInAsync();
        using (connection)
        {
            foreach (var octet in $"CONNECT {Target} HTTP/1.1\r\nHost: origin.test\r\n\r\n!")
            {
                await connection.WriteAsync(octet.ToString(), Token);
            }

            Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadHeadAsync(Token), StringComparison.Ordinal);
            Assert.Equal("!", await connection.ReadAsync(1, Token));
        }
    }

    [Fact]
    public async Task Before_sign_in_it_is_511_and_the_target_says_whether_it_is_of_the_garden()
    {
        using var captive = await _gate.ConnectAsync(_gate.NewClient());
        using var garden = await _gate.ConnectAsync(_gate.NewClient());
        await garden.WriteAsync($"CONNECT {Target} HTTP/1.1\r\nHost: elsewhere.test\r\n\r\n!", Token);

        Assert.Equal(511, (await captive.AskAsync("CONNECT elsewhere.test:443 HTTP/1.1\r\nHost: origin.test\r\n\r\n", Token)).Status);
        Assert.StartsWith("HTTP/1.1 200 ", await garden.ReadHeadAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1\r\n\r\n", 400)] // RFC 9112 section 3.2.
    [InlineData("HTTP/1.1\r\nHost: a.test\r\nHost: a.test\r\n\r\n", 400)]
    [InlineData("HTTP/1.1\r\nHost: a.test\r\n folded\r\n\r\n", 400)]
    [InlineData("HTTP/1.1\r\nHost : a.test\r\n\r\n", 400)]
    [InlineData("\r\nHost: a.test\r\n\r\n", 400)]
    [InlineData("HTTP/9.9\r\nHost: a.test\r\n\r\n", 505)]
    public async Task What_is_faulty_stays_faulty(string rest, int expected)
    {
        var (connection, _) = await _gate.ConnectSignedInAsync();
        using (connection)
        {
            Assert.Equal((expected, 0), ((await connection.AskAsync($"CONNECT {Target} {rest}", Token)).Status, _echo.Connections));
        }
    }

    [Fact]
    public async Task A_head_that_is_too_long_is_refused_before_its_end()
    {
        var (connection, _) = await _gate.ConnectSignedInAsync();
        using (connection)
        {
            await connection.WriteAsync($"CONNECT {Target} HTTP/1.1\r\nHost: origin.test\r\nX: {new string('x', 40_000)}", Token);

            Assert.Equal(431, (await connection.ReadResponseAsync(Token)).Status);
        }
    }

    [Theory]
    [InlineData("C")]
    [InlineData("CONNECT ")]
    [InlineData("CONNECT origin.test:443 HTTP/1.1\r\nHost: ori")]
    public async Task A_head_that_never_ends_is_given_up_as_any_other(string part)
    {
        await using var site = await GateSite.StartAsync(server => server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(1));
        using var connection = await site.ConnectAsync(site.NewClient());
        await connection.WriteAsync(part, Token);

        Assert.Equal(408, (await connection.ReadResponseAsync(Token)).Status);
    }

    [Fact]
    public async Task A_client_that_ends_in_the_middle_of_the_head_is_let_go()
    {
        using var connection = await _gate.ConnectAsync(_gate.NewClient());
        await connection.WriteAsync("CONNECT origin.test:443 HTTP/1.1\r\nHost: ori", Token);
        connection.EndSending();

        await connection.WaitForEndAsync(Token);
    }

    [Theory]
    [InlineData("CONNECT a.test:1 HTTP/1.1\r\nHost: b\r\n\r\n")]
    [InlineData("x")]
    public async Task Requests_of_other_methods_and_their_bodies_are_not_touched(string body)
    {
        var (connection, _) = await _gate.ConnectSignedInAsync();
        using (connection)
        {
            var head = $"POST / HTTP/1.1\r\nHost: origin.test:{Text(_site.Port)}\r\nContent-Length: {Text(body.Length)}\r\n\r\n";
            await connection.WriteAsync(head + body + head + body, Token);

            Assert.EndsWith(body, (await connection.ReadResponseAsync(Token)).Body, StringComparison.Ordinal);
            Assert.EndsWith(body, (await connection.ReadResponseAsync(Token)).Body, StringComparison.Ordinal);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
