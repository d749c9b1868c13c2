using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>What the real program tells a service manager, read from the socket that systemd would have.</summary>
public sealed class ServiceNoticeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("notify");
    private readonly Socket _manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public ServiceNoticeTests() => _manager.Bind(new UnixDomainSocketEndPoint(_folder["notify"]));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _manager.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_is_ready_when_the_listeners_are_open_then_alive_and_then_stops()
    {
        await using var program = Start("2000000");

        var before = await UntilAsync("READY=1");
        var portal = await program.ListeningAsync("Portal", Cancel);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, portal.Port, Cancel);
        }

        await UntilAsync("WATCHDOG=1");
        await UntilAsync("WATCHDOG=1");
        await program.SignalAsync("TERM");
        await UntilAsync("STOPPING=1");

        Assert.Contains(before, text => text.StartsWith("EXTEND_TIMEOUT_USEC=", StringComparison.Ordinal));
        Assert.Equal(0, await program.WaitForExitAsync(Cancel));
    }

    [Fact]
    public async Task It_is_silent_while_the_writer_does_not_answer()
    {
        await using var program = Start("2000000");
        await UntilAsync("READY=1");
        await UntilAsync("WATCHDOG=1");

        // Who holds the file for longer than the writer's patience with it keeps the writer from its answer within a quarter of the interval.
        await using var other = new SqliteConnection($"Data Source={_folder["data/nacgateway.db"]};Pooling=False");
        await other.OpenAsync(Cancel);
        await using var command = other.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(Cancel);
        await program.WaitForLineAsync(line => line.Contains("is not alive: the database writer does not answer", StringComparison.Ordinal), Cancel);
        command.CommandText = "ROLLBACK";
        await command.ExecuteNonQueryAsync(Cancel);

        await UntilAsync("WATCHDOG=1");
    }

    [Fact]
    public async Task It_is_never_ready_when_it_cannot_start()
    {
        await using var taken = GatewayProgram.Start(_folder.FullName, GatewayProgram.Serve);
        await taken.ListeningAsync("Gate", Cancel);

        await using var program = Start("2000000");

        Assert.Equal(1, await program.WaitForExitAsync(Cancel));
        Assert.DoesNotContain(Pending(), text => text.Contains("READY=1", StringComparison.Ordinal));
    }

    private ChildProcess Start(string watchdog) => GatewayProgram.Start(
        _folder.FullName,
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["NOTIFY_SOCKET"] = _folder["notify"], ["WATCHDOG_USEC"] = watchdog },
        GatewayProgram.Serve);

    private async Task<List<string>> UntilAsync(string wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        List<string> seen = [];
        var buffer = new byte[4096];
        while (true)
        {
            var text = Encoding.UTF8.GetString(buffer, 0, await _manager.ReceiveAsync(buffer, SocketFlags.None, limit.Token));
            seen.Add(text);
            if (text.Split('\n').Contains(wanted, StringComparer.Ordinal))
            {
                return seen;
            }
        }
    }

    private IEnumerable<string> Pending()
    {
        var buffer = new byte[4096];
        while (_manager.Available > 0)
        {
            yield return Encoding.UTF8.GetString(buffer, 0, _manager.Receive(buffer));
        }
    }
}
