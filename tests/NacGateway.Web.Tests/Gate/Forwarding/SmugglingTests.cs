using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>One request in is at most one request out, framed anew, whatever the client writes.</summary>
public sealed class SmugglingTests(SharedSite shared) : IClassFixture<SharedSite>, IAsyncDisposable
{
    private const string Smuggled = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
    private readonly RawOrigin _origin = new();
    private readonly GateSite _site = shared.Site;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _origin.DisposeAsync();

    [Theory]
    [InlineData("two lengths", "POST / HTTP/1.1\r\nHost: H\r\nContent-Length: 0\r\nContent-Length: 35\r\n\r\n")]
    [InlineData("one length twice", "POST / HTTP/1.1\r\nHost: H\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("list of lengths", "POST / HTTP/1.1\r\nHost: H\r\nContent-Length: 0, 35\r\n\r\n")]
    [InlineData("negative length", "POST / HTTP/1.1\r\nHost: H\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("hexadecimal length", "POST / HTTP/1.1\r\nHost: H\r\nContent-Length: 0x1\r\n\r\n")]
    [InlineData("huge length", "POST / HTTP/1.1\r\nHost: H\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("empty length", "POST / HTTP/1.1\r\nHost: H\r\nContent-Length:\r\n\r\n")]
    [InlineData("length and chunks", "POST / HTTP/1.1\r\nHost: H\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("chunks and length", "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\nContent-Length: 42\r\n\r\n0\r\n\r\n")]
    [InlineData("chunked not last", "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("unknown coding", "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("coding by control", "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("chunked twice", "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n")]
    [InlineData("compressed and chunked", "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("chunks over 1.0", "POST / HTTP/1.0\r\nHost: H\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("space before colon", "POST / HTTP/1.1\r\nHost: H\r\nContent-Length : 0\r\n\r\n")]
    [InlineData("folded field", "POST / HTTP/1.1\r\nHost: H\r\nX: a\r\n Content-Length: 5\r\n\r\n")]
    [InlineData("zero in name", "POST / HTTP/1.1\r\nHost: H\r\nX\0: a\r\n\r\n")]
    [InlineData("zero in value", "POST / HTTP/1.1\r\nHost: H\r\nX: a\0b\r\n\r\n")]
    [InlineData("bare CR in value", "POST / HTTP/1.1\r\nHost: H\r\nX: a\rTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("no host", "GET / HTTP/1.1\r\n\r\n")]
    [InlineData("two hosts", "GET / HTTP/1.1\r\nHost: H\r\nHost: inward.test\r\n\r\n")]
    [InlineData("host with path", "GET / HTTP/1.1\r\nHost: H/x\r\n\r\n")]
    [InlineData("host with user", "GET / HTTP/1.1\r\nHost: a@H\r\n\r\n")]
    [InlineData("target with user", "GET http://a@H/ HTTP/1.1\r\nHost: H\r\n\r\n")]
    [InlineData("target with space", "GET /a b HTTP/1.1\r\nHost: H\r\n\r\n")]
    [InlineData("backslash in authority", "GET http://H\\@inward.test/ HTTP/1.1\r\nHost: H\r\n\r\n")]
    [InlineData("another scheme", "GET ftp://H/ HTTP/1.1\r\nHost: H\r\n\r\n")]
    [InlineData("another version", "GET / HTTP/2.0\r\nHost: H\r\n\r\n")]
    [InlineData("no method", " / HTTP/1.1\r\nHost: H\r\n\r\n")]
    public async Task What_can_be_read_in_two_ways_is_refused_and_reaches_nobody(string name, string request)
    {
        var answer = await SendAsync(request + Smuggled);

        Assert.True(answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 505 ", StringComparison.Ordinal), $"{name}: {answer}");
        Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
        Assert.Equal(0, _origin.Connections);
    }

    [Theory]
    [InlineData("size in hexadecimal notation", "0x5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("negative size", "-5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("huge size", "FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n")]
    [InlineData("no size", "\r\nhello\r\n0\r\n\r\n")]
    [InlineData("data longer than its size", "3\r\nhello\r\n0\r\n\r\n")]
    [InlineData("size ended by LF", "5\nhello\r\n0\r\n\r\n")]
    [InlineData("LF in an extension", "5;a\nb\r\nhello\r\n0\r\n\r\n")]
    [InlineData("CR in an extension", "5;a\rb\r\nhello\r\n0\r\n\r\n")]
    [InlineData("data ended by LF", "5\r\nhello\n0\r\n\r\n")]
    public async Task A_body_with_a_bad_chunk_never_ends_at_the_origin(string name, string chunks)
    {
        var answer = await SendAsync($"POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}{Smuggled}");

        Assert.True(answer.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal), $"{name}: {answer}");
        Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
        Assert.Empty(_origin.Requests);
    }

    [Theory]
    [InlineData("lines ended by LF", "POST /one HTTP/1.1\nHost: H\nContent-Length: 35\nConnection: close\n\n")]
    [InlineData("length with a sign", "POST /one HTTP/1.1\r\nHost: H\r\nContent-Length: +35\r\nConnection: close\r\n\r\n")]
    [InlineData("length with zeros", "POST /one HTTP/1.1\r\nHost: H\r\nContent-Length: 0035\r\nConnection: close\r\n\r\n")]
    [InlineData("GET with a body", "GET /one HTTP/1.1\r\nHost: H\r\nContent-Length: 35\r\nConnection: close\r\n\r\n")]
    public async Task What_is_unusual_but_clear_goes_on_framed_anew(string name, string request)
    {
        Assert.Equal(35, Smuggled.Length);
        await SendAsync(request + Smuggled);

        var seen = Assert.Single(_origin.Requests);
        Assert.True(seen.Contains(" /one HTTP/1.1\r\n", StringComparison.Ordinal) && RawResponse.Field(seen, "Content-Length") == "35", $"{name}: {seen}");
        Assert.EndsWith("\r\n\r\n" + Smuggled, seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_preface_of_http_2_opens_nothing()
    {
        await SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + Smuggled);

        Assert.Equal(0, _origin.Connections);
    }

    [Fact]
    public async Task Pipelined_requests_are_each_one_request_in_order()
    {
        var answer = await SendAsync("GET /1 HTTP/1.1\r\nHost: H\r\n\r\nPOST /2 HTTP/1.1\r\nHost: H\r\nContent-Length: 3\r\n\r\nabcGET /3 HTTP/1.1\r\nHost: H\r\nConnection: close\r\n\r\n");

        Assert.Equal(3, answer.Split("HTTP/1.1 200 OK").Length - 1);
        Assert.Equal("GET /1, POST /2, GET /3", string.Join(", ", _origin.Requests.Select(request => request.Split(" HTTP/")[0])));
    }

    [Fact]
    public async Task An_answer_with_two_readings_does_not_reach_the_client_as_two()
    {
        await using var origin = new RawOrigin(static async (connection, token) =>
        {
            await connection.ReadHeadAsync(token);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad", token);
        });
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            await connection.WriteAsync($"GET / HTTP/1.1\r\nHost: origin.test:{origin.Port}\r\nConnection: close\r\n\r\n", Token);
            var answer = await connection.ReadToEndAsync(Token);

            Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
            Assert.DoesNotContain("bad", answer, StringComparison.Ordinal);
        }
    }

    /// <summary>Sends as a signed-in client, H being the origin, and reads until the gate ends the connection.</summary>
    private async Task<string> SendAsync(string request)
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            await connection.WriteAsync(request.Replace("Host: H", $"Host: origin.test:{_origin.Port}", StringComparison.Ordinal).Replace("//H", $"//origin.test:{_origin.Port}", StringComparison.Ordinal), Token);
            return await connection.ReadToEndAsync(Token);
        }
    }
}
