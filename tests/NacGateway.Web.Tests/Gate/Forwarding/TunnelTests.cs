using System.Net;
using System.Net.Sockets;
using NacGateway.Core.Sessions;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>CONNECT, from socket to socket.</summary>
public sealed class TunnelTests : IAsyncLifetime
{
    private readonly TaskCompletionSource<string> _atEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RawOrigin _answersLines;
    private readonly RawOrigin _answersAtEnd;
    private readonly RawOrigin _sendsAndEnds;
    private GateSite _site = null!;

    public TunnelTests()
    {
        _answersLines = new RawOrigin(AnswerLinesAsync);
        _answersAtEnd = new RawOrigin(AnswerAtEndAsync);
        _sendsAndEnds = new RawOrigin(static (connection, token) => connection.WriteAsync(Large, token));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Large { get; } = string.Concat(Enumerable.Range(0, 100_000).Select(number => $"{number:d9}\n"));

    public async ValueTask InitializeAsync() => _site = await GateSite.StartAsync(
        ("Gate:TunnelPorts:0", Text(_answersLines.Port)), ("Gate:TunnelPorts:1", Text(_answersAtEnd.Port)), ("Gate:TunnelPorts:2", Text(_sendsAndEnds.Port)), ("Gate:TunnelPorts:3", "9"));

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _answersLines.DisposeAsync();
        await _answersAtEnd.DisposeAsync();
        await _sendsAndEnds.DisposeAsync();
    }

    [Fact]
    public async Task Before_sign_in_it_is_511_and_nothing_is_dialled()
    {
        using var connection = await _site.ConnectAsync(_site.NewClient());
        var answer = await connection.AskAsync(Connect(_answersLines), Token);

        Assert.Equal(511, answer.Status);
        Assert.Equal((0, 0), (_answersLines.Connections, _site.Names.Asked));
    }

    [Fact]
    public async Task Octets_go_both_ways()
    {
        var (connection, _) = await OpenAsync(_answersLines);
        using (connection)
        {
            await connection.WriteAsync("one\n", Token);
            Assert.Equal("got one\n", await connection.ReadAsync(8, Token));
            await connection.WriteAsync("two\n", Token);
            Assert.Equal("got two\n", await connection.ReadAsync(8, Token));
        }
    }

    [Fact]
    public async Task Octets_sent_together_with_the_request_belong_to_the_tunnel()
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            await connection.WriteAsync(Connect(_answersLines) + "early\n", Token);

            Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadHeadAsync(Token), StringComparison.Ordinal);
            Assert.Equal("got early\n", await connection.ReadAsync(10, Token));
        }
    }

    [Fact]
    public async Task A_tunnel_can_follow_a_request_on_the_same_connection()
    {
        var client = _site.NewClient();
        using var connection = await _site.ConnectAsync(client);
        var captive = await connection.AskAsync("GET / HTTP/1.1\r\nHost: origin.test\r\n\r\n", Token);
        await _site.SignInAsync(client);
        await connection.WriteAsync(Connect(_answersLines) + "x\n", Token);

        Assert.Equal(511, captive.Status);
        Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadHeadAsync(Token), StringComparison.Ordinal);
        Assert.Equal("got x\n", await connection.ReadAsync(6, Token));
    }

    [Fact]
    public async Task A_client_that_has_ended_its_direction_still_reads_the_whole_answer()
    {
        var (connection, _) = await OpenAsync(_answersAtEnd);
        using (connection)
        {
            await connection.WriteAsync(Large, Token);
            connection.EndSending();
            var answer = await connection.ReadToEndAsync(Token);

            Assert.Equal($"{Large.Length}:{Large}", answer);
        }
    }

    [Fact]
    public async Task All_that_the_destination_sent_before_its_end_arrives()
    {
        var (connection, _) = await OpenAsync(_sendsAndEnds);
        using (connection)
        {
            Assert.Equal(Large, await connection.ReadToEndAsync(Token));
        }
    }

    [Fact]
    public async Task The_end_of_the_session_cuts_it_on_both_sides()
    {
        var (connection, session) = await OpenAsync(_answersAtEnd);
        using (connection)
        {
            await connection.WriteAsync("held back", Token);
            await _site.SignOutAsync(session);

            await connection.WaitForEndAsync(Token);
            await _atEnd.Task.WaitAsync(Token);
        }
    }

    [Fact]
    public async Task A_session_that_ends_while_it_is_set_up_leaves_no_tunnel()
    {
        var client = _site.NewClient();
        var session = await _site.SignInAsync(client);
        using var connection = await _site.ConnectAsync(client);
        await connection.WriteAsync(Connect(_answersAtEnd), Token);
        await _site.SignOutAsync(session);

        await connection.WaitForEndAsync(Token);
    }

    [Fact]
    public async Task A_client_that_is_gone_takes_the_destinations_side_with_it()
    {
        var (connection, _) = await OpenAsync(_answersAtEnd);
        await connection.WriteAsync("x", Token);
        connection.Reset();

        await _atEnd.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task A_destination_that_resets_ends_the_clients_side()
    {
        await using var origin = new RawOrigin(static async (connection, token) =>
        {
            await connection.ReadAsync(1, token);
            connection.Reset();
        });
        await using var site = await GateSite.StartAsync(("Gate:TunnelPorts:0", Text(origin.Port)));
        var (connection, _) = await site.ConnectSignedInAsync();
        using (connection)
        {
            await connection.WriteAsync(Connect(origin) + "x", Token);

            Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadHeadAsync(Token), StringComparison.Ordinal);
            await connection.WaitForEndAsync(Token);
        }
    }

    [Fact]
    public async Task Octets_are_counted_for_the_session_exactly()
    {
        var (connection, session) = await OpenAsync(_answersAtEnd);
        using (connection)
        {
            await connection.WriteAsync(Large, Token);
            connection.EndSending();
            var answer = await connection.ReadToEndAsync(Token);

            Assert.Equal(Connect(_answersAtEnd).Length + Large.Length, session.Traffic.InputOctets);
            Assert.Equal(answer.Length, session.Traffic.OutputOctets);
        }
    }

    [Theory]
    [InlineData("inward.test:9", 403)] // Refused by address.
    [InlineData("169.254.169.254:9", 403)]
    [InlineData("[::1]:9", 403)]
    [InlineData("origin.test:22", 403)] // Refused by port.
    [InlineData("origin.test:443", 403)]
    [InlineData("nowhere.test:9", 502)]
    [InlineData("origin.test:9", 502)] // Nobody listens.
    public async Task What_cannot_be_opened_is_answered_with_its_reason(string target, int expected)
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var answer = await connection.AskAsync($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n", Token);

            Assert.Equal(expected, answer.Status);
            Assert.Contains("not from the website you asked for", answer.Body, StringComparison.Ordinal);
            Assert.Equal("", await connection.ReadToEndAsync(Token));
        }
    }

    [Fact]
    public async Task Only_https_ports_are_open_where_nothing_is_set()
    {
        await using var site = await GateSite.StartAsync(("Gate:ConnectTimeout", "00:00:05"));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        foreach (var (port, expected) in new[] { (443, 502), (8443, 502), (80, 403), (22, 403), (25, 403), (((IPEndPoint)listener.LocalEndpoint).Port, 403) })
        {
            var (connection, _) = await site.ConnectSignedInAsync();
            using (connection)
            {
                // 502: allowed, but this machine serves nothing there.
                var answer = await connection.AskAsync($"CONNECT origin.test:{port} HTTP/1.1\r\nHost: origin.test:{port}\r\n\r\n", Token);
                Assert.Equal((port, expected), (port, answer.Status));
            }
        }

        Assert.False(listener.Pending());
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nhello")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    public async Task A_tunnel_with_a_body_of_its_own_is_refused(string rest)
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var target = $"origin.test:{_answersLines.Port}";
            var answer = await connection.AskAsync($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{rest}", Token);

            Assert.Equal(400, answer.Status);
            Assert.Equal(0, _answersLines.Connections);
        }
    }

    [Theory]
    [InlineData("origin.test")]
    [InlineData("/")]
    [InlineData("a@origin.test:9")]
    [InlineData("http://origin.test:9/")]
    [InlineData("origin.test:0")]
    [InlineData("origin.test:65536")]
    [InlineData("origin.test:+9")]
    public async Task A_target_that_is_not_host_and_port_is_a_bad_request(string target)
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            await connection.WriteAsync($"CONNECT {target} HTTP/1.1\r\nHost: origin.test\r\n\r\n", Token);

            Assert.StartsWith("HTTP/1.1 400 ", await connection.ReadToEndAsync(Token), StringComparison.Ordinal);
            Assert.Equal(0, _site.Names.Asked);
        }
    }

    private static string Text(int port) => port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Connect(RawOrigin origin) => $"CONNECT origin.test:{origin.Port} HTTP/1.1\r\nHost: origin.test:{origin.Port}\r\n\r\n";

    private async Task<(RawConnection Connection, ActiveSession Session)> OpenAsync(RawOrigin origin)
    {
        var (connection, session) = await _site.ConnectSignedInAsync();
        await connection.WriteAsync(Connect(origin), Token);
        Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadHeadAsync(Token), StringComparison.Ordinal);
        return (connection, session);
    }

    private static async Task AnswerLinesAsync(RawConnection connection, CancellationToken cancellationToken)
    {
        while (true)
        {
            var line = "";
            do
            {
                line += await connection.ReadAsync(1, cancellationToken);
            }
            while (!line.EndsWith('\n'));

            await connection.WriteAsync("got " + line, cancellationToken);
        }
    }

    private async Task AnswerAtEndAsync(RawConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            var all = await connection.ReadToEndAsync(cancellationToken);
            _atEnd.TrySetResult(all);
            await connection.WriteAsync($"{all.Length}:{all}", cancellationToken);
        }
        catch (IOException)
        {
            _atEnd.TrySetResult("reset");
        }
    }
}
