using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>Bodies of clients that have not signed in: they are answered at once, and nothing of them is needed for it.</summary>
public sealed class UnreadBodyTests(SharedSite shared) : IClassFixture<SharedSite>, IAsyncDisposable
{
    private readonly RawOrigin _origin = new();
    private readonly GateSite _site = shared.Site;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _origin.DisposeAsync();

    [Fact]
    public async Task Expect_100_continue_is_answered_511_without_a_100_and_the_connection_ends_in_order()
    {
        using var connection = await _site.ConnectAsync(_site.NewClient());
        await connection.WriteAsync($"POST / HTTP/1.1\r\nHost: {Host}\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n\r\n", Token);
        var answer = await connection.ReadToEndAsync(Token);

        Assert.StartsWith("HTTP/1.1 511 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("100 Continue", answer, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, _origin.Connections);
    }

    [Theory]
    [InlineData("Content-Length: 10737418240\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n10000\r\n")]
    public async Task An_upload_is_answered_511_while_most_of_it_is_still_to_come(string rest)
    {
        using var connection = await _site.ConnectAsync(_site.NewClient());
        await connection.WriteAsync($"POST / HTTP/1.1\r\nHost: {Host}\r\n{rest}", Token);
        await connection.WriteAsync(new byte[4096], Token);
        var answer = await connection.ReadResponseAsync(Token);

        Assert.Equal((511, "close"), (answer.Status, answer["Connection"]));
        Assert.EndsWith("</html>\n", answer.Body, StringComparison.Ordinal);
        Assert.Equal(0, _origin.Connections);
    }

    [Fact]
    public async Task A_client_that_sends_all_of_a_large_body_before_it_reads_still_reads_the_511()
    {
        const int Size = 8 * 1024 * 1024;
        using var connection = await _site.ConnectAsync(_site.NewClient());
        await connection.WriteAsync($"POST / HTTP/1.1\r\nHost: {Host}\r\nContent-Length: {Size}\r\n\r\n", Token);
        await connection.WriteAsync(new byte[Size], Token);
        var answer = await connection.ReadToEndAsync(Token);

        Assert.StartsWith("HTTP/1.1 511 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_sign_in_the_same_expectation_is_met_and_the_body_goes_on()
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            await connection.WriteAsync($"POST /up HTTP/1.1\r\nHost: {Host}\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n", Token);
            var interim = await connection.ReadHeadAsync(Token);
            await connection.WriteAsync("hello", Token);
            var answer = await connection.ReadResponseAsync(Token);

            Assert.StartsWith("HTTP/1.1 100 ", interim, StringComparison.Ordinal);
            Assert.Equal(200, answer.Status);
            Assert.EndsWith("\r\n\r\nhello", answer.Body, StringComparison.Ordinal);
        }
    }

    private string Host => $"origin.test:{_origin.Port}";
}
