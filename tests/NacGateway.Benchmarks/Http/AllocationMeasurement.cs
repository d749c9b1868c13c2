using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NacGateway.Web.Gate;
using NacGateway.Web.Hosting;
using NacGateway.Web.Hosting.Listeners;

namespace NacGateway.Benchmarks.Http;

/// <summary>What one 511 allocates in the whole gateway, beyond what the bare server allocates for the same octets. In this process, one connection.</summary>
internal static class AllocationMeasurement
{
    private const int Requests = 20_000;
    private const double Most = 1; // Timers of the background tick meanwhile; an object a request would be 24 octets.

    /// <summary>Measures and enters the row.</summary>
    public static async Task RunAsync(ResultTable table, SameAnswer answer, string request, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("nacgateway-bench-");
        try
        {
            double ours;
            await using (var gateway = Gateway(folder))
            {
                await gateway.StartAsync(cancellationToken);
                var listeners = gateway.Services.GetRequiredService<GatewayListeners>();
                gateway.Services.GetRequiredService<PortalLink>().Publish(listeners.Find(ListenerKind.Portal)!.LocalUrl);
                ours = Measure(listeners.Find(ListenerKind.Gate)!.EndPoint.Port, request);
                await gateway.StopAsync(cancellationToken);
            }

            await using var bare = Peer.Build(_ => app => app.Run(answer.WriteAsync));
            await bare.StartAsync(cancellationToken);
            var theirs = Measure(new Uri(bare.Urls.Single()).Port, request);
            var beyond = Math.Max(0, ours - theirs);
            table.Add("511, allocated beyond the bare server", Text(ours), "bare Kestrel, same octets: " + Text(theirs), Text(beyond), Text(0), beyond <= Most);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static WebApplication Gateway(DirectoryInfo folder) => GatewayHost.Build(new ConfigurationBuilder()
        .AddInMemoryCollection(GateMeasurement.Settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
        .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder.FullName, "gateway.db")}",
            ["Gate:Listen"] = "127.0.0.1:0",
            ["Portal:Listen"] = "127.0.0.1:0",
            ["Admin:Listen"] = "127.0.0.1:0",
            ["Logging:LogLevel:Default"] = "Warning",
        })
        .Build());

    /// <summary>Octets allocated by one request and its answer.</summary>
    private static double Measure(int port, string request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        var octets = Encoding.Latin1.GetBytes(request);
        var buffer = new byte[64 * 1024];
        var length = AnswerLength(socket, octets, buffer);
        Ask(socket, octets, buffer, length, Requests);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Ask(socket, octets, buffer, length, Requests);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Requests;
    }

    private static int AnswerLength(Socket socket, byte[] request, byte[] buffer)
    {
        socket.Send(request);
        for (var length = 0; length < buffer.Length;)
        {
            length += socket.Receive(buffer.AsSpan(length));
            if (RawAnswer.TryParse(buffer.AsSpan(0, length), out _))
            {
                return length;
            }
        }

        throw new IOException("The answer has no end within 64 KiB.");
    }

    /// <summary>Every answer has the same length: only the Date changes.</summary>
    private static void Ask(Socket socket, byte[] request, byte[] buffer, int answerLength, int times)
    {
        for (var n = 0; n < times; n++)
        {
            socket.Send(request);
            for (var length = 0; length < answerLength;)
            {
                var read = socket.Receive(buffer);
                length += read > 0 ? read : throw new IOException("The connection was closed.");
            }
        }
    }

    private static string Text(double octets) => string.Create(CultureInfo.InvariantCulture, $"{octets:0} octets");
}
