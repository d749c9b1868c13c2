using System.Net;
using System.Net.Sockets;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>Requests of signed-in clients to the host that they name, from socket to socket.</summary>
public sealed class DirectForwardingTests(SharedSite shared) : IClassFixture<SharedSite>, IAsyncDisposable
{
    private readonly RawOrigin _origin = new();
    private readonly GateSite _site = shared.Site;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _origin.DisposeAsync();

    [Fact]
    public async Task The_network_opens_and_closes_on_one_connection_that_stays_open()
    {
        var client = _site.NewClient();
        using var connection = await _site.ConnectAsync(client);

        var before = await connection.AskAsync(Get("/before"), Token);
        var session = await _site.SignInAsync(client);
        var during = await connection.AskAsync(Get("/during"), Token);
        await _site.SignOutAsync(session);
        var after = await connection.AskAsync(Get("/after"), Token);

        Assert.Equal((511, 200, 511), (before.Status, during.Status, after.Status));
        Assert.StartsWith("GET /during HTTP/1.1\r\n", Assert.Single(_origin.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_clients_session_opens_nothing()
    {
        await _site.SignInAsync(_site.NewClient());
        using var connection = await _site.ConnectAsync(_site.NewClient());

        Assert.Equal(511, (await connection.AskAsync(Get("/"), Token)).Status);
        Assert.Equal(0, _origin.Connections);
    }

    [Theory]
    [InlineData("/a/../b/./c")]
    [InlineData("/a%2Fb%2f%41?x=%zz&y=[1]|{2}")]
    [InlineData("//double//slash")]
    [InlineData("/?")]
    [InlineData("/x?a=http://b.test/#no")]
    public async Task The_target_goes_on_octet_for_octet(string target)
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var answer = await connection.AskAsync(Get(target), Token);

            Assert.StartsWith($"GET {target} HTTP/1.1\r\n", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_absolute_target_decides_where_to_and_the_host_field_does_not()
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var answer = await connection.AskAsync($"GET http://origin.test:{_origin.Port}/x?y HTTP/1.1\r\nHost: inward.test\r\n\r\n", Token);

            Assert.StartsWith("GET /x?y HTTP/1.1\r\n", answer.Body, StringComparison.Ordinal);
            Assert.Equal($"origin.test:{_origin.Port}", RawResponse.Field(answer.Body, "Host"));
        }
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("BREW")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task A_body_of_any_method_goes_on_whole_with_length_or_in_chunks(string method)
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var measured = await connection.AskAsync($"{method} /m HTTP/1.1\r\nHost: {Host}\r\nContent-Length: 5\r\n\r\nhello", Token);
            var chunked = await connection.AskAsync($"{method} /c HTTP/1.1\r\nHost: {Host}\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", Token);

            Assert.StartsWith($"{method} /m HTTP/1.1\r\n", measured.Body, StringComparison.Ordinal);
            Assert.EndsWith("\r\n\r\nhello", measured.Body, StringComparison.Ordinal);
            Assert.EndsWith("\r\n\r\nhello world", chunked.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_client_of_http_1_0_is_served_and_its_connection_ends()
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            await connection.WriteAsync($"GET /old HTTP/1.0\r\nHost: {Host}\r\n\r\n", Token);
            var answer = await connection.ReadToEndAsync(Token);

            Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
            Assert.Contains("GET /old HTTP/1.1\r\n", answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("127.0.0.2")]
    [InlineData("inward.test")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.2]")]
    [InlineData("127.2")]
    [InlineData("2130706434")]
    [InlineData("0x7f.2")]
    [InlineData("0177.0.0.2")]
    [InlineData("169.254.169.254")]
    [InlineData("0")]
    public async Task No_spelling_of_an_inward_address_gets_past_the_guard(string host)
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var answer = await connection.AskAsync($"GET / HTTP/1.1\r\nHost: {host}:{_origin.Port}\r\n\r\n", Token);

            Assert.Equal(403, answer.Status);
            Assert.Contains("not from the website you asked for", answer.Body, StringComparison.Ordinal);
            Assert.Equal(0, _origin.Connections);
        }
    }

    [Fact]
    public async Task A_name_with_one_inward_address_among_others_is_refused()
    {
        _site.Names.Answer("mixed.test", "127.0.0.1", "10.0.0.1");
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var answer = await connection.AskAsync($"GET / HTTP/1.1\r\nHost: mixed.test:{_origin.Port}\r\n\r\n", Token);

            Assert.Equal(403, answer.Status);
            Assert.Equal(0, _origin.Connections);
        }
    }

    [Fact]
    public async Task A_name_is_asked_for_once_a_connection_and_the_address_that_was_checked_is_the_one_dialled()
    {
        await using var origin = new RawOrigin(AnswerOnceAsync);
        using var inward = new TcpListener(IPAddress.Parse("127.0.0.2"), origin.Port);
        inward.Start();
        _site.Names.Answer("rebinding.test", "127.0.0.1").Answer("rebinding.test", "127.0.0.2");
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var request = $"GET / HTTP/1.1\r\nHost: rebinding.test:{origin.Port}\r\n\r\n";
            var earlier = _site.Names.Asked;
            var first = await connection.AskAsync(request, Token);
            var asked = _site.Names.Asked - earlier;
            var second = await connection.AskAsync(request, Token);

            Assert.Equal((200, 1), (first.Status, asked));
            Assert.Equal((403, 2), (second.Status, _site.Names.Asked - earlier));
            Assert.False(inward.Pending());
        }

        static async Task AnswerOnceAsync(RawConnection connection, CancellationToken cancellationToken)
        {
            await connection.ReadHeadAsync(cancellationToken);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", cancellationToken);
        }
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("origin.test")]
    public async Task The_gate_does_not_lead_to_itself(string host)
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var answer = await connection.AskAsync($"GET / HTTP/1.1\r\nHost: {host}:{_site.EndPoint.Port}\r\n\r\n", Token);

            Assert.Equal(403, answer.Status);
        }
    }

    [Fact]
    public async Task A_request_that_has_passed_the_gate_before_is_refused_rather_than_sent_in_a_circle()
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var answer = await connection.AskAsync($"GET / HTTP/1.1\r\nHost: {Host}\r\nVia: 1.1 nacgateway\r\n\r\n", Token);

            Assert.Equal(403, answer.Status);
            Assert.Equal(0, _origin.Connections);
        }
    }

    private string Host => $"origin.test:{_origin.Port}";

    private string Get(string target) => $"GET {target} HTTP/1.1\r\nHost: {Host}\r\n\r\n";
}
