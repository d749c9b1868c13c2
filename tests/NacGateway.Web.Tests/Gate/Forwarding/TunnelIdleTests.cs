using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Web.Gate.Forwarding;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>How long a tunnel may be silent. The clock is the test's; destination and sockets are real.</summary>
public sealed class TunnelIdleTests : IAsyncLifetime
{
    private static readonly TimeSpan Idle = TimeSpan.FromHours(1);
    private readonly FakeTimeProvider _time = new();
    private readonly Pipe _fromClient = new();
    private readonly Pipe _toClient = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private Socket _destination = null!;
    private NetworkStream _dialled = null!;
    private Task<bool> _running = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _listener.Start();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_listener.LocalEndpoint, Token);
        _dialled = new NetworkStream(socket, ownsSocket: true);
        _destination = await _listener.AcceptSocketAsync(Token);
        _running = new Tunnel(new ClientPipe(_fromClient.Reader, _toClient.Writer), _dialled, meter: null, Idle, _time).RunAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _dialled.DisposeAsync();
        _destination.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public async Task Silence_ends_it_after_the_time_that_is_set()
    {
        _time.Advance(Idle - TimeSpan.FromSeconds(1));
        Assert.False(_running.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.False(await _running.WaitAsync(Token));
    }

    [Fact]
    public async Task Octets_in_either_direction_start_the_time_anew()
    {
        _time.Advance(Idle - TimeSpan.FromMinutes(1));
        await SendFromClientAsync();
        _time.Advance(Idle - TimeSpan.FromMinutes(1));
        await SendFromDestinationAsync();
        _time.Advance(Idle - TimeSpan.FromMinutes(1));
        Assert.False(_running.IsCompleted);

        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(await _running.WaitAsync(Token));
    }

    [Fact]
    public async Task After_the_client_has_ended_its_direction_silence_is_cut_after_two_minutes()
    {
        await _fromClient.Writer.CompleteAsync();
        Assert.Equal(0, await _destination.ReceiveAsync(new byte[1], Token));
        await SendFromDestinationAsync();
        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.False(_running.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.False(await _running.WaitAsync(Token));
    }

    private async Task SendFromClientAsync()
    {
        await _fromClient.Writer.WriteAsync(new byte[1], Token);
        Assert.Equal(1, await _destination.ReceiveAsync(new byte[1], Token));

        // The destination answers, so that the tunnel has noted the octet when the clock moves on.
        await SendFromDestinationAsync();
    }

    private async Task SendFromDestinationAsync()
    {
        await _destination.SendAsync(new byte[1], Token);
        var read = await _toClient.Reader.ReadAsync(Token);
        _toClient.Reader.AdvanceTo(read.Buffer.End);
    }

    private sealed class ClientPipe(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
