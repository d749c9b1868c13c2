using System.Net;
using System.Net.Sockets;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>Origins that fail: the answer is a page that says who answers, and the session stays as it is.</summary>
public sealed class FailureTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly GateSite _site = shared.Site;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_origin_that_is_down_is_a_502_that_says_who_answers()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // Held but not listening: nobody else can answer there.
        var answer = await AskAsync($"GET / HTTP/1.1\r\nHost: origin.test:{((IPEndPoint)taken.LocalEndPoint!).Port}\r\n\r\n");

        AssertPage(answer, 502, "The website cannot be reached");
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_a_502_too() =>
        AssertPage(await AskAsync("GET / HTTP/1.1\r\nHost: nowhere.test\r\n\r\n"), 502, "The website cannot be reached");

    [Fact]
    public async Task An_origin_that_hangs_up_without_an_answer_is_a_502()
    {
        await using var origin = new RawOrigin(static async (connection, token) => await connection.ReadHeadAsync(token));

        AssertPage(await AskAsync($"POST / HTTP/1.1\r\nHost: origin.test:{origin.Port}\r\nContent-Length: 5\r\n\r\nhello"), 502, "The website cannot be reached");
    }

    [Fact]
    public async Task An_origin_that_speaks_no_http_is_a_502()
    {
        await using var origin = new RawOrigin(static async (connection, token) =>
        {
            await connection.ReadHeadAsync(token);
            await connection.WriteAsync("220 mail.test ESMTP\r\n\r\n", token);
        });

        AssertPage(await AskAsync($"GET / HTTP/1.1\r\nHost: origin.test:{origin.Port}\r\n\r\n"), 502, "The website cannot be reached");
    }

    [Fact]
    public async Task A_502_keeps_the_connection_for_the_next_request()
    {
        await using var origin = new RawOrigin();
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var first = await connection.AskAsync("GET / HTTP/1.1\r\nHost: nowhere.test\r\n\r\n", Token);
            var second = await connection.AskAsync($"GET / HTTP/1.1\r\nHost: origin.test:{origin.Port}\r\n\r\n", Token);

            Assert.Equal((502, 200), (first.Status, second.Status));
        }
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_not_made_to_look_whole()
    {
        await using var origin = new RawOrigin(static async (connection, token) =>
        {
            await connection.ReadHeadAsync(token);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", token);
        });
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            await Assert.ThrowsAsync<IOException>(() => connection.AskAsync($"GET / HTTP/1.1\r\nHost: origin.test:{origin.Port}\r\n\r\n", Token));
        }
    }

    [Fact]
    public async Task The_end_of_the_session_cuts_a_download_that_is_under_way()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var origin = new RawOrigin(async (connection, token) =>
        {
            await connection.ReadHeadAsync(token);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nfirst", token);
            await connection.WaitForEndAsync(token);
            gone.TrySetResult();
        });
        var (connection, session) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            await connection.WriteAsync($"GET / HTTP/1.1\r\nHost: origin.test:{origin.Port}\r\n\r\n", Token);
            await connection.ReadHeadAsync(Token);
            Assert.Equal("first", await connection.ReadAsync(5, Token));
            await _site.SignOutAsync(session);

            await connection.WaitForEndAsync(Token);
            await gone.Task.WaitAsync(Token);
        }
    }

    [Fact]
    public async Task A_client_that_goes_away_releases_the_origin()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var origin = new RawOrigin(async (connection, token) =>
        {
            await connection.ReadHeadAsync(token);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nfirst", token);
            await connection.WaitForEndAsync(token);
            gone.TrySetResult();
        });
        var (connection, _) = await _site.ConnectSignedInAsync();
        await connection.WriteAsync($"GET / HTTP/1.1\r\nHost: origin.test:{origin.Port}\r\n\r\n", Token);
        await connection.ReadHeadAsync(Token);
        connection.Reset();

        await gone.Task.WaitAsync(Token);
    }

    private static void AssertPage(RawResponse answer, int status, string title)
    {
        Assert.Equal((status, "no-store"), (answer.Status, answer["Cache-Control"]));
        Assert.Contains($"<h1>{title}</h1>", answer.Body, StringComparison.Ordinal);
        Assert.Contains("This answer comes from the network you are connected to, not from the website you asked for.", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("nowhere", answer.Body + answer.Head, StringComparison.Ordinal);
    }

    private async Task<RawResponse> AskAsync(string request)
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            return await connection.AskAsync(request, Token);
        }
    }
}
