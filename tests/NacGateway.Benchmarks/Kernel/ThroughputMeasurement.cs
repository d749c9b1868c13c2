using System.Globalization;
using NacGateway.Benchmarks.Radius;
using NacGateway.TestKit.Network;

namespace NacGateway.Benchmarks.Kernel;

/// <summary>
/// What a signed-in device gets through the gateway, which runs as ever, against what it gets through the same network without one. Many short turns:
/// what else the machine does changes by the second.
/// </summary>
internal static class ThroughputMeasurement
{
    private const double Least = 0.95;
    private const int Turns = 40;
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(0.5);

    /// <summary>Measures and enters the rows; says so and enters none where a part is missing.</summary>
    public static async Task RunAsync(ResultTable table, CancellationToken cancellationToken)
    {
        if (Router.Missing is { } missing)
        {
            await Console.Error.WriteLineAsync($"Throughput: not measured. {missing}.");
            return;
        }

        await Console.Error.WriteLineAsync("Throughput");
        await using var router = await Router.StartAsync(cancellationToken);
        await (await router.FillInAsync(cancellationToken))();
        await using var plain = await NetLab.CreateAsync(1, cancellationToken);
        foreach (var isDownload in (bool[])[true, false])
        {
            Task<double> OursAsync() => TcpStream.RunAsync(router.Device, router.Internet, isDownload, s_turn, cancellationToken);
            Task<double> PlainAsync() => TcpStream.RunAsync(plain.Clients[0], plain.Internet, isDownload, s_turn, cancellationToken);
            await OursAsync();
            await PlainAsync();
            var (ours, theirs, ratio) = await Rounds.RunAsync(OursAsync, PlainAsync, Turns);
            table.AtLeast($"TCP of a signed-in device, {(isDownload ? "download" : "upload")}", Text(ours), $"plain forwarding through the same namespaces: {Text(theirs)}", ratio, Least);
        }
    }

    private static string Text(double megabits) => string.Create(CultureInfo.InvariantCulture, $"{megabits:#,0} Mbit/s");
}
