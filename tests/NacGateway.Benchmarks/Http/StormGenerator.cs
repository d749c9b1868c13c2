using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NacGateway.Benchmarks.Http;

/// <summary>
/// Clients that open a connection for each request, as devices do that look for their sign-in: each from an address of its own, and each
/// takes the answer and the server's end of the connection before it asks again.
/// </summary>
internal static class StormGenerator
{
    private const int MostClients = 250;

    /// <summary>Runs for the given time and prints "REQUESTS SECONDS".</summary>
    public static async Task<int> RunAsync(string host, int port, string requestFile, int clients, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clients, MostClients);
        var endpoint = new IPEndPoint(IPAddress.Parse(host), port);
        var request = await File.ReadAllBytesAsync(requestFile);
        var responseLength = await LoadGenerator.ProbeAsync(endpoint, request);
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        var until = started + (long)(duration.TotalSeconds * time.TimestampFrequency);
        var counts = await Task.WhenAll(Enumerable.Range(1, clients).Select(number => DriveAsync(new IPAddress([127, 0, 1, (byte)number]), endpoint, request, responseLength, until)));
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{counts.Sum()} {seconds:0.000}"));
        return 0;
    }

    private static async Task<long> DriveAsync(IPAddress from, IPEndPoint endpoint, byte[] request, int responseLength, long until)
    {
        var source = new IPEndPoint(from, 0);
        var buffer = new byte[responseLength + 1];
        var count = 0L;
        while (TimeProvider.System.GetTimestamp() < until)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(source);
            await socket.ConnectAsync(endpoint);
            await socket.SendAsync(request);
            var received = 0;
            for (int read; (read = await socket.ReceiveAsync(buffer)) > 0;)
            {
                received += read;
            }

            if (received != responseLength)
            {
                throw new IOException($"An answer had {received} octets, the first one {responseLength}; counting octets does not work for this server.");
            }

            count++;
        }

        return count;
    }
}
