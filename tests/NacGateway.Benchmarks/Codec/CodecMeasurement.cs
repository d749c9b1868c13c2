using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace NacGateway.Benchmarks.Codec;

/// <summary>Runs <see cref="CodecBenchmarks"/> in this process and enters the ratios to the bare digests.</summary>
internal static class CodecMeasurement
{
    /// <summary>The most that encoding or verifying may cost, as a multiple of its digests.</summary>
    private const double Most = 1.3;

    /// <summary>Measures; the log of BenchmarkDotNet goes to a file among the artifacts.</summary>
    public static void Run(ResultTable table)
    {
        Console.Error.WriteLine("RADIUS codec");
        var artifacts = Path.Combine(Path.GetTempPath(), "nacgateway-bench");
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(5), logOutput: false)).WithIterationCount(20).WithWarmupCount(6))
            .AddLogger(NullLogger.Instance)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .WithArtifactsPath(artifacts);
        var summary = BenchmarkRunner.Run<CodecBenchmarks>(config);
        if (summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success))
        {
            throw new InvalidOperationException("A codec benchmark failed: " + string.Join("; ", summary.ValidationErrors.Select(error => error.Message)));
        }

        Compare(table, summary, "Access-Request encode", nameof(CodecBenchmarks.Encode), nameof(CodecBenchmarks.EncodeDigests));
        Compare(table, summary, "Access-Accept verify", nameof(CodecBenchmarks.Verify), nameof(CodecBenchmarks.VerifyDigests));
        var beyond = Allocated(summary, nameof(CodecBenchmarks.Encode)) - Allocated(summary, nameof(CodecBenchmarks.PacketAlone));
        table.Add("Access-Request encode, allocated beyond the packet", Octets(beyond), string.Empty, Octets(beyond), "0 octets", beyond <= 0);
        var verify = Allocated(summary, nameof(CodecBenchmarks.Verify));
        table.Add("Access-Accept verify, allocated", Octets(verify), string.Empty, Octets(verify), "0 octets", verify == 0);
    }

    private static void Compare(ResultTable table, Summary summary, string what, string ours, string digests)
    {
        var own = Fastest(summary, ours);
        var bare = Fastest(summary, digests);
        table.AtMost(what, Nanoseconds(own), "its MD5 and HMAC-MD5: " + Nanoseconds(bare), own / bare, Most);
    }

    /// <summary>Nothing here waits for anything, so that a busy machine can only add to what the code costs.</summary>
    private static double Fastest(Summary summary, string method) => Report(summary, method).ResultStatistics!.Min;

    private static long Allocated(Summary summary, string method) =>
        Report(summary, method).GcStats.GetBytesAllocatedPerOperation(Report(summary, method).BenchmarkCase) ?? 0;

    private static BenchmarkReport Report(Summary summary, string method) =>
        summary.Reports.Single(report => string.Equals(report.BenchmarkCase.Descriptor.WorkloadMethod.Name, method, StringComparison.Ordinal));

    private static string Nanoseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:#,0} ns");

    private static string Octets(long value) => string.Create(CultureInfo.InvariantCulture, $"{value} octets");
}
