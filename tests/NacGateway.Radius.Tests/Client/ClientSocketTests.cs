using System.Net.Sockets;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using Xunit;

namespace NacGateway.Radius.Tests.Client;

/// <summary>A socket that cannot send any more, as after a change of the machine's own address. A socket that is shut for sending fails likewise: each time.</summary>
public sealed class ClientSocketTests : IAsyncDisposable
{
    private readonly Responder _server = new();
    private readonly List<Socket> _opened = [];
    private readonly RadiusServerSettings _settings;
    private readonly ClientSocket _socket;
    private bool _hasWay = true;

    public ClientSocketTests()
    {
        _settings = _server.Settings();
        _socket = new ClientSocket(Open, new ServerMonitor(_settings, TimeProvider.System), TimeProvider.System);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_old_socket_cannot_send_goes_out_by_another_and_the_answer_is_heard_there()
    {
        _opened[0].Shutdown(SocketShutdown.Send);

        var (sent, pending) = await SendAsync();

        Assert.True(sent);
        Assert.NotNull(await AnsweredAsync(pending));
        Assert.Equal(2, _opened.Count);
    }

    [Fact]
    public async Task While_there_is_no_way_the_old_socket_stays_and_as_soon_as_there_is_one_another_sends()
    {
        _opened[0].Shutdown(SocketShutdown.Send);
        _hasWay = false;
        var (before, _) = await SendAsync();
        _hasWay = true;

        var (after, pending) = await SendAsync();

        Assert.Equal((false, true), (before, after));
        Assert.NotNull(await AnsweredAsync(pending));
        Assert.Equal(2, _opened.Count);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_no_reason_for_another_socket()
    {
        _server.Dispose();
        for (var sends = 0; sends < 20; sends++)
        {
            await SendAsync();
        }

        Assert.Single(_opened);
    }

    public async ValueTask DisposeAsync()
    {
        await _socket.DisposeAsync();
        _server.Dispose();
    }

    private Socket Open()
    {
        if (!_hasWay)
        {
            throw new SocketException((int)SocketError.NetworkUnreachable);
        }

        _opened.Add(ClientSocket.Open(_settings.EndPoint));
        return _opened[^1];
    }

    private async Task<(bool Sent, PendingRequest Pending)> SendAsync()
    {
        Assert.True(_socket.TryTake(out var identifier));
        RequestComposer.Compose(RadiusCode.AccessRequest, identifier, Responder.Fill, _settings, out var octets);
        var pending = new PendingRequest(_settings, RadiusCode.AccessRequest, octets.AsMemory(4, RadiusPacket.AuthenticatorLength));
        _socket.Expect(identifier, pending);
        return (await _socket.TrySendAsync(octets, Token), pending);
    }

    private async Task<RadiusPacket?> AnsweredAsync(PendingRequest pending)
    {
        var (request, from) = await _server.ReceiveAsync(Token);
        await _server.SendAsync(Responder.Reply(request), from, Token);
        return await pending.Reply.WaitAsync(TimeSpan.FromSeconds(20), Token);
    }
}
