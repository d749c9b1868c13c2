using System.Net;
using System.Net.Sockets;
using NacGateway.Aaa;
using NacGateway.Aaa.Scenarios;
using NacGateway.Aaa.Tracing;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa.Scenarios;

/// <summary>A server in a scenario, asked by raw datagrams, so that everything it sends is seen. Its clock stands still unless turned.</summary>
internal sealed class FaultRig : IAsyncDisposable
{
    private const string Users = """
        { "users": [
          { "name": "alice", "password": "wonderland", "reply": [ "Session-Timeout = 600", "Tunnel-Password:1 = \"hidden\"" ] },
          { "name": "bob", "password": "builder", "oneTimeCode": "123456", "challenges": 3 },
          { "name": "mark", "password": "the end" }
        ] }
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder _folder = new("faults");
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly TraceWriter? _writer;
    private int _marks;

    private FaultRig(string steps, ulong seed, bool isTraced, string? replay, bool isVerbatim)
    {
        _writer = isTraced ? new TraceWriter(TracePath) : null;
        var scenario = ScenarioReader.Read("{ \"steps\": [ " + (steps.Length == 0 ? "{ \"when\": { \"user\": \"nobody\" }, \"faults\": [ { \"fault\": \"loss\" } ] }" : steps) + " ] }", "test.json");
        Rig = AaaRig.Start(UserDirectory.Load(_folder.Write("users.json", Users)), change: settings => settings with
        {
            Accounting = new IPEndPoint(IPAddress.Loopback, 0),
            Scenario = scenario,
            Seed = seed,
            Trace = _writer,
            Replay = replay is null ? null : Trace.Load(_folder.Write("replayed", replay)),
            ReplayVerbatim = isVerbatim,
            OnFault = Faults.Enqueue,
        });
    }

    public System.Collections.Concurrent.ConcurrentQueue<FaultEvent> Faults { get; } = [];

    public AaaRig Rig { get; }

    private string TracePath => _folder["trace"];

    public static FaultRig Start(string steps, ulong seed = 1, bool isTraced = false) => new(steps, seed, isTraced, null, false);

    public static FaultRig Replay(string trace, bool isVerbatim = false) => new(string.Empty, 1, false, trace, isVerbatim);

    /// <summary>Sends a request and returns all that is sent before the answer to a later request, which no scenario of these tests touches.</summary>
    public async Task<List<(byte[] Octets, int Port)>> AskAsync(byte[] request)
    {
        using var patience = new CancellationTokenSource(s_patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, TestContext.Current.CancellationToken);
        await _socket.SendAsync(request, Rig.Server.AuthenticationEndPoint, either.Token);
        var mark = AaaRig.Pap(1_000_000 + _marks++, "mark", "the end", packet => packet.Identifier = 255);
        await _socket.SendAsync(mark, Rig.Server.AuthenticationEndPoint, either.Token);
        List<(byte[], int)> seen = [];
        while (true)
        {
            var got = await _socket.ReceiveAsync(either.Token);
            if (got.Buffer.Length > 1 && got.Buffer[1] == 255 && request[1] != 255 && Signed(got.Buffer, mark))
            {
                return seen;
            }

            seen.Add((got.Buffer, got.RemoteEndPoint.Port));
        }
    }

    /// <summary>Receives one more datagram.</summary>
    public async Task<byte[]> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(s_patience, TimeProvider.System);
        return (await _socket.ReceiveAsync(patience.Token)).Buffer;
    }

    /// <summary>What was recorded; the server goes on.</summary>
    public string Recorded()
    {
        using var file = new FileStream(TracePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    public static bool Signed(byte[] reply, byte[] request) =>
        PacketReader.TryRead(reply, out var reader) == PacketError.None
        && Radius.Crypto.Authenticators.VerifyReply(reader.Packet, request.AsSpan(4, 16), AaaRig.SecretOctets) == Radius.Crypto.PacketVerdict.Authentic;

    public async ValueTask DisposeAsync()
    {
        await Rig.DisposeAsync();
        _writer?.Dispose();
        _socket.Dispose();
        _folder.Dispose();
    }
}
