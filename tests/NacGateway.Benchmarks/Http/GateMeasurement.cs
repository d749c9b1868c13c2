using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace NacGateway.Benchmarks.Http;

/// <summary>The 511 against a bare Kestrel that answers the same octets.</summary>
internal static partial class GateMeasurement
{
    private const double Least = 0.9;
    private const string Request = "GET /news HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: Mozilla/5.0\r\nAccept: text/html,application/xhtml+xml\r\n\r\n";

    /// <summary>Measures and enters the rows.</summary>
    public static async Task RunAsync(ResultTable table, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync("511");
        await using var gateway = await GatewayProcess.StartAsync(Settings, connectionString: null, cancellationToken);
        var answer = await AskAsync(gateway.GatePort, Request, cancellationToken);
        if (answer.StatusCode != 511)
        {
            throw new InvalidOperationException($"The gate answered {answer.StatusCode}, not 511.");
        }

        var (kestrel, port) = await BareServer.StartAsync(answer, Request, cancellationToken);
        await using var bare = kestrel;
        var result = await Duel.RunAsync((gateway.Process, gateway.GatePort), (kestrel, port), Request, cancellationToken);
        result.AddTo(table, "511", BareServer.Name, Least);
        await AllocationMeasurement.RunAsync(table, SameAnswer.From(answer), Request, cancellationToken);
    }

    /// <summary>A server that need not be there: nobody signs in.</summary>
    internal static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Radius:Servers:0:Name"] = "none",
        ["Radius:Servers:0:Host"] = "127.0.0.1",
        ["Radius:Servers:0:AuthenticationPort"] = "1",
        ["Radius:Servers:0:Secret"] = "a secret for the benchmark",
        ["Accounting:Enabled"] = "false",
    };

    /// <summary>One request over a raw socket.</summary>
    internal static async Task<RawAnswer> AskAsync(int port, string request, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        var buffer = new byte[256 * 1024];
        for (var length = 0; length < buffer.Length;)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            length += read;
            if (RawAnswer.TryParse(buffer.AsSpan(0, length), out var answer))
            {
                return answer;
            }

            if (read == 0)
            {
                throw new IOException("No whole answer: " + Encoding.Latin1.GetString(buffer, 0, length));
            }
        }

        throw new IOException("The answer has no end within 256 KiB.");
    }

    [GeneratedRegex(@"listening on (?<port>\d+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex Listening();
}
