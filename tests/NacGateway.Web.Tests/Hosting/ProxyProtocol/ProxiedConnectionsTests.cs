using System.Buffers;
using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Web.Gate;
using NacGateway.Web.Hosting.Listeners.ProxyProtocol;
using Xunit;

namespace NacGateway.Web.Tests.Hosting.ProxyProtocol;

/// <summary>What becomes of a connection from a proxy.</summary>
public sealed class ProxiedConnectionsTests : IDisposable
{
    private static readonly AddressPrefix[] Senders = [AddressPrefix.Parse("192.0.2.0/24")];
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly Pipe _sent = new();
    private readonly MetricCollector<long> _refused;
    private readonly ProxiedConnections _proxied;
    private readonly DefaultConnectionContext _connection;
    private string? _served;

    public ProxiedConnectionsTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _refused = new MetricCollector<long>(meters, "NacGateway.Gate", "nacgateway.proxy_header.refused");
        using var logs = LoggerFactory.Create(_ => { });
        _proxied = new ProxiedConnections(_time, meters, logs.CreateLogger<ProxiedConnections>());
        _connection = new DefaultConnectionContext { RemoteEndPoint = IPEndPoint.Parse("192.0.2.9:1"), Transport = new Pipes(_sent.Reader, new Pipe().Writer) };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _refused.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task The_client_is_the_connections_address_and_its_octets_follow()
    {
        await _sent.Writer.WriteAsync("PROXY TCP4 203.0.113.5 198.51.100.7 4711 80\r\nGET /"u8.ToArray(), Token);

        await ServeAsync().WaitAsync(Token);

        Assert.Equal("203.0.113.5:4711 GET /", _served);
    }

    [Fact]
    public async Task A_header_may_come_octet_by_octet()
    {
        var serving = ServeAsync();
        foreach (var octet in "PROXY TCP6 2001:db8::5 2001:db8::7 4711 80\r\nG"u8.ToArray())
        {
            await _sent.Writer.WriteAsync(new[] { octet }, Token);
        }

        await serving.WaitAsync(Token);

        Assert.Equal("[2001:db8::5]:4711 G", _served);
    }

    [Fact]
    public async Task A_header_that_names_nobody_leaves_the_address_as_it_is()
    {
        await _sent.Writer.WriteAsync("PROXY UNKNOWN\r\nGET /"u8.ToArray(), Token);

        await ServeAsync().WaitAsync(Token);

        Assert.Equal("192.0.2.9:1 GET /", _served);
    }

    [Fact]
    public async Task Of_others_nothing_is_read()
    {
        _connection.RemoteEndPoint = IPEndPoint.Parse("198.51.100.1:1");
        await _sent.Writer.WriteAsync("PROXY TCP4 203.0.113.5 198.51.100.7 4711 80\r\n"u8.ToArray(), Token);

        await ServeAsync().WaitAsync(Token);

        Assert.Equal("198.51.100.1:1 PROXY TCP4 203.0.113.5 198.51.100.7 4711 80\r\n", _served);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("PROXY TCP4 203.0", "truncated")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "garbage")]
    public async Task Without_a_whole_header_the_connection_is_closed_and_counted(string sent, string reason)
    {
        await _sent.Writer.WriteAsync(System.Text.Encoding.ASCII.GetBytes(sent), Token);
        await _sent.Writer.CompleteAsync();

        await ServeAsync().WaitAsync(Token);

        await AssertClosedAsync(reason);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_closed_and_counted()
    {
        await _sent.Writer.CompleteAsync(new ConnectionResetException("reset"));

        await ServeAsync().WaitAsync(Token);

        await AssertClosedAsync("truncated");
    }

    [Fact]
    public async Task A_header_has_five_seconds()
    {
        await _sent.Writer.WriteAsync("PROXY TCP4"u8.ToArray(), Token);
        var serving = ServeAsync();
        _time.Advance(ProxiedConnections.HeaderTime - TimeSpan.FromMilliseconds(1));
        Assert.False(serving.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await serving.WaitAsync(Token);

        await AssertClosedAsync("late");
    }

    private Task ServeAsync() => _proxied.ServeAsync(Senders, NextAsync, _connection);

    private async Task NextAsync(ConnectionContext connection)
    {
        var read = await connection.Transport.Input.ReadAsync(Token);
        _served = $"{connection.RemoteEndPoint} {System.Text.Encoding.ASCII.GetString(read.Buffer.ToArray())}";
    }

    private async Task AssertClosedAsync(string reason)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (_connection.ConnectionClosed.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), closed))
        {
            await closed.Task.WaitAsync(TimeSpan.FromSeconds(10), Token);
        }

        Assert.Null(_served);
        Assert.Equal(reason, Assert.Single(_refused.GetMeasurementSnapshot()).Tags["reason"]);
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
