using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace NacGateway.Benchmarks.Radius;

/// <summary>
/// Many devices that sign in at the portal at once, each from a loopback address of its own and over a connection of its own: the form is
/// fetched before, for what is measured is the sign-in.
/// </summary>
internal static partial class SignInLoad
{
    private const int MostOctets = 256 * 1024;

    /// <summary>Signs in clients FIRST to FIRST + COUNT - 1 and prints "COUNT SECONDS".</summary>
    public static async Task<int> RunAsync(int port, int first, int count, int parallel)
    {
        var tokens = new string[count];
        var time = TimeProvider.System;
        await Parallel.ForAsync(0, count, Limit(parallel), async (n, cancellationToken) =>
        {
            var page = await AskAsync(port, first + n, $"GET /portal HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n", cancellationToken);
            tokens[n] = WebUtility.HtmlDecode(Token().Match(page).Groups["token"].Value);
        });
        var started = time.GetTimestamp();
        await Parallel.ForAsync(0, count, Limit(parallel), async (n, cancellationToken) =>
        {
            var user = ((first + n) % RadiusUsers.Count) + 1;
            var body = string.Create(CultureInfo.InvariantCulture, $"username=user{user}&password=password-{user}&terms=on&token={Uri.EscapeDataString(tokens[n])}");
            var request = string.Create(CultureInfo.InvariantCulture, $"POST /portal/sign-in HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");
            var answer = await AskAsync(port, first + n, request, cancellationToken);
            if (!answer.StartsWith("HTTP/1.1 303", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The sign-in of client {n} failed: {answer}");
            }
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} {time.GetElapsedTime(started).TotalSeconds:0.000}"));
        return 0;
    }

    private static ParallelOptions Limit(int parallel) => new() { MaxDegreeOfParallelism = parallel };

    private static async Task<string> AskAsync(int port, int client, string request, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(new IPAddress([127, (byte)(1 + (client >> 16)), (byte)(client >> 8), (byte)client]), 0));
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        var buffer = new byte[16 * 1024];
        var answer = new StringBuilder();
        while (await socket.ReceiveAsync(buffer, cancellationToken) is var read and > 0 && answer.Length < MostOctets)
        {
            answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }

    [GeneratedRegex("name=\"token\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
