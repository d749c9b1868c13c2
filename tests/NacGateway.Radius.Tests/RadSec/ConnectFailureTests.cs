using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;
using NacGateway.Radius.Tests.Client;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.RadSec;

/// <summary>A server that cannot be connected to, or takes its time: when it is tried again, and what becomes of requests meanwhile.</summary>
public sealed class ConnectFailureTests : IAsyncDisposable
{
    private readonly RadSecRig _rig = new();
    private readonly FakeTimeProvider _time = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ConnectFailureTests() => _listener.Start();

    private IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("TLS-8")]
    public void Pauses_double_from_half_a_second_to_a_minute_with_a_random_part()
    {
        var shortest = new ReconnectBackoff(() => 0);
        var longest = new ReconnectBackoff(() => 0.999999);

        var low = Enumerable.Range(0, 10).Select(_ => shortest.AfterFailure().TotalSeconds).ToArray();
        var high = Enumerable.Range(0, 10).Select(_ => longest.AfterFailure().TotalSeconds).ToArray();

        Assert.Equal([0.5, 1, 2, 4, 8, 16, 32, 48, 48, 48], low);
        Assert.All(low.Zip(high), pair => Assert.InRange(pair.Second, pair.First * 1.2, Math.Min(60, pair.First * 1.25)));
        Assert.Equal(0.5, shortest.AfterBreak().TotalSeconds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_socket_that_cannot_be_opened_is_one_failed_attempt_and_no_more(bool isUnforeseen)
    {
        var server = new FickleEndPoint(_rig.Serve().EndPoint)
        {
            Fault = isUnforeseen ? new InvalidOperationException("something else") : new SocketException((int)SocketError.TooManyOpenSockets),
        };
        var client = _rig.Connect(server, time: _time);

        var failed = await RadSecRig.AskAsync(client);
        server.Fault = null;
        _time.Advance(TimeSpan.FromSeconds(0.7));
        var answered = await RadSecRig.AskAsync(client);

        Assert.Equal((ExchangeStatus.Unreachable, ExchangeStatus.Answered), (failed.Status, answered.Status));
        Assert.Contains(isUnforeseen ? "something else" : "no socket can be opened", failed.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ms_chap_is_not_asked_of_two_at_once_though_the_first_must_still_be_connected_to()
    {
        // Takes the connection and says nothing: the handshake lasts.
        await using var second = new AutoResponder();
        await using var group = new RadiusServerGroup([_rig.Settings(EndPoint), second.Settings("second", priority: 1)], TimeProvider.System);

        var result = await group.ExchangeAsync(
            RadiusCode.AccessRequest, (request, _) => request.AddMsChap2Response(1, new byte[16], new byte[16], "alice"u8, "wonderland"u8), TimeSpan.FromSeconds(5), Cancellation);

        Assert.Equal((ExchangeStatus.Answered, "second"), (result.Status, result.Server!.Name));
        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(2.4), TimeSpan.FromSeconds(5));
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _rig.DisposeAsync();
    }
}
