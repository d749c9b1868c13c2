using System.Globalization;
using System.Text.Json;

namespace NacGateway.Benchmarks.Http;

/// <summary>A bare Kestrel in a process of its own that gives an answer of ours again.</summary>
internal static class BareServer
{
    /// <summary>What the table calls it.</summary>
    public const string Name = "bare Kestrel, same octets";

    /// <summary>Starts it on the core that the gateway has, too, and makes sure that it answers a request as the gateway did.</summary>
    public static async Task<(ChildProcess Process, int Port)> StartAsync(RawAnswer answer, string request, CancellationToken cancellationToken)
    {
        var file = Path.GetTempFileName();
        ChildProcess? server = null;
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(SameAnswer.From(answer)), cancellationToken);
            server = ChildProcess.StartPeer(core: 0, "peer", "kestrel", file);
            var port = int.Parse((await server.WaitForLineAsync(GateMeasurement.Listening(), cancellationToken)).Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
            var same = await GateMeasurement.AskAsync(port, request, cancellationToken);
            return same.Body.AsSpan().SequenceEqual(answer.Body) && same.StatusCode == answer.StatusCode
                ? (server, port)
                : throw new InvalidOperationException("The bare server does not answer the same octets.");
        }
        catch
        {
            await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
