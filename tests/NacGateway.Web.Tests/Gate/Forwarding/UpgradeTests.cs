using NacGateway.Core.Sessions;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>WebSocket through the gate, as octets: what matters here is that they pass, are counted, and end with the session.</summary>
public sealed class UpgradeTests : IClassFixture<SharedSite>, IAsyncDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RawOrigin _origin;
    private readonly GateSite _site;
    private string? _head;

    public UpgradeTests(SharedSite shared)
    {
        _site = shared.Site;
        _origin = new RawOrigin(ServeAsync);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _origin.DisposeAsync();

    [Fact]
    public async Task Before_sign_in_it_is_511_and_nothing_is_dialled()
    {
        using var connection = await _site.ConnectAsync(_site.NewClient());

        Assert.Equal(511, (await connection.AskAsync(Upgrade("websocket"), Token)).Status);
        Assert.Equal(0, _origin.Connections);
    }

    [Fact]
    public async Task Frames_go_both_ways_and_are_counted()
    {
        var (connection, session) = await OpenAsync();
        using (connection)
        {
            await connection.WriteAsync(new string('x', 5000), Token);
            Assert.Equal(new string('x', 5000), await connection.ReadAsync(5000, Token));

            Assert.Equal(Upgrade("websocket").Length + 5000, session.Traffic.InputOctets);
            Assert.InRange(session.Traffic.OutputOctets, 5000, 5200);
        }
    }

    [Fact]
    public async Task The_end_of_the_session_cuts_it_on_both_sides()
    {
        var (connection, session) = await OpenAsync();
        using (connection)
        {
            await connection.WriteAsync("x", Token);
            await connection.ReadAsync(1, Token);
            await _site.SignOutAsync(session);

            await connection.WaitForEndAsync(Token);
            await _ended.Task.WaitAsync(Token);
        }
    }

    [Theory]
    [InlineData("h2c")]
    [InlineData("TLS/1.0")]
    [InlineData("h2c, websocket")]
    public async Task Another_protocol_is_not_switched_to(string protocol)
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var answer = await connection.AskAsync(Upgrade(protocol), Token);

            Assert.Equal(200, answer.Status);
            Assert.Null(RawResponse.Field(_head!, "Upgrade"));
            }
    }

    private string Upgrade(string protocol) =>
        $"GET /ws HTTP/1.1\r\nHost: origin.test:{_origin.Port}\r\nConnection: Upgrade\r\nUpgrade: {protocol}\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private async Task<(RawConnection Connection, ActiveSession Session)> OpenAsync()
    {
        var (connection, session) = await _site.ConnectSignedInAsync();
        var answer = await connection.AskAsync(Upgrade("websocket"), Token);
        Assert.Equal(101, answer.Status);
        return (connection, session);
    }

    private async Task ServeAsync(RawConnection connection, CancellationToken cancellationToken)
    {
        _head = await connection.ReadHeadAsync(cancellationToken) ?? "";
        if (RawResponse.Field(_head, "Upgrade") is null)
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", cancellationToken);
            return;
        }

        await connection.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n", cancellationToken);
        try
        {
            while (true)
            {
                await connection.WriteAsync(await connection.ReadAsync(1, cancellationToken), cancellationToken);
            }
        }
        catch (IOException)
        {
            _ended.TrySetResult();
        }
    }
}
