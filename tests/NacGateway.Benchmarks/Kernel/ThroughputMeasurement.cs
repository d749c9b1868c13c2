using System.Globalization;
using NacGateway.Benchmarks.Radius;

namespace NacGateway.Benchmarks.Kernel;

/// <summary>What a signed-in device gets through the gateway against what it gets through the same router without a table of ours, in turn.</summary>
internal static class ThroughputMeasurement
{
    private const double Least = 0.95;
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(2);

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
        foreach (var isDownload in (bool[])[true, false])
        {
            async Task<double> OursAsync()
            {
                await router.EnforceAsync(cancellationToken);
                return await TcpStream.RunAsync(router.Device, router.Internet, isDownload, s_turn, cancellationToken);
            }

            async Task<double> PlainAsync()
            {
                await router.ForwardAsync();
                return await TcpStream.RunAsync(router.Device, router.Internet, isDownload, s_turn, cancellationToken);
            }

            await OursAsync();
            await PlainAsync();
            var (ours, plain, ratio) = await Rounds.RunAsync(OursAsync, PlainAsync);
            table.AtLeast($"TCP of a signed-in device, {(isDownload ? "download" : "upload")}", Text(ours), $"plain forwarding, the same namespaces: {Text(plain)}", ratio, Least);
        }
    }

    private static string Text(double megabits) => string.Create(CultureInfo.InvariantCulture, $"{megabits:#,0} Mbit/s");
}
