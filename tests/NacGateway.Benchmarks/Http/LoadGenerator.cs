using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NacGateway.Benchmarks.Http;

/// <summary>
/// Sends one fixed request over keep-alive connections as fast as the answers come. Answers all have the length of the first one,
/// so that counting octets is all the parsing there is: the load generator must cost less than what it measures.
/// </summary>
internal static class LoadGenerator
{
    /// <summary>Runs for the given time and prints "REQUESTS SECONDS".</summary>
    public static async Task<int> RunAsync(string host, int port, string requestFile, int connections, TimeSpan duration)
    {
        var endpoint = new IPEndPoint(IPAddress.Parse(host), port);
        var request = await File.ReadAllBytesAsync(requestFile);
        var responseLength = await ProbeAsync(endpoint, request);
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        var until = started + (long)(duration.TotalSeconds * time.TimestampFrequency);
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => DriveAsync(endpoint, request, responseLength, until)));
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{counts.Sum()} {seconds:0.000}"));
        return 0;
    }

    private static async Task<long> DriveAsync(IPEndPoint endpoint, byte[] request, int responseLength, long until)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endpoint);
        var buffer = new byte[Math.Max(responseLength, 4096)];
        var count = 0L;
        while (TimeProvider.System.GetTimestamp() < until)
        {
            await socket.SendAsync(request);
            for (var received = 0; received < responseLength;)
            {
                var read = await socket.ReceiveAsync(buffer);
                if (read == 0)
                {
                    throw new IOException($"The server closed a keep-alive connection after {count} answers.");
                }

                received += read;
                if (received > responseLength)
                {
                    throw new IOException("An answer was longer than the first one; counting octets does not work for this server.");
                }
            }

            count++;
        }

        return count;
    }

    /// <summary>The octets of an answer.</summary>
    internal static async Task<int> ProbeAsync(IPEndPoint endpoint, byte[] request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endpoint);
        await socket.SendAsync(request);
        var buffer = new byte[256 * 1024];
        for (var length = 0; length < buffer.Length;)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0)
            {
                throw new IOException("The server closed the connection: " + Encoding.Latin1.GetString(buffer, 0, length));
            }

            length += read;
            if (RawAnswer.TryParse(buffer.AsSpan(0, length), out var answer))
            {
                return answer.Length;
            }
        }

        throw new IOException("The first answer has no end within 256 KiB.");
    }
}
