using NacGateway.Benchmarks.Accounting;
using NacGateway.Benchmarks.Codec;
using NacGateway.Benchmarks.Desk;
using NacGateway.Benchmarks.Http;
using NacGateway.Benchmarks.Kernel;
using NacGateway.Benchmarks.Radius;
using NacGateway.Benchmarks.Sessions;

namespace NacGateway.Benchmarks;

/// <summary>What can be asked for by name.</summary>
/// <param name="Name">The name.</param>
/// <param name="RunAsync">Measures, and enters rows into the table.</param>
internal sealed record Measurement(string Name, Func<ResultTable, CancellationToken, Task> RunAsync)
{
    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<Measurement> All { get; } =
    [
        new("codec", (table, _) =>
        {
            CodecMeasurement.Run(table);
            return Task.CompletedTask;
        }),
        new("gate", GateMeasurement.RunAsync),
        new("storm", StormMeasurement.RunAsync),
        new("forward", ForwardMeasurement.RunAsync),
        new("sessions", SessionMeasurement.RunAsync),
        new("radius", RadiusMeasurement.RunAsync),
        new("sign-ins", SignInMeasurement.RunAsync),
        new("outbox", OutboxMeasurement.RunAsync),
        new("desk", DeskMeasurement.RunAsync),
        new("desk-live", LiveMeasurement.RunAsync),
        new("kernel-throughput", ThroughputMeasurement.RunAsync),
        new("reconcile", ReconcileMeasurement.RunAsync),
        new("first-packet", FirstPacketMeasurement.RunAsync),
    ];
}
