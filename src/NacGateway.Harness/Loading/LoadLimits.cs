using System.Globalization;

namespace NacGateway.Harness.Loading;

/// <summary>What a run must keep to be a success. Immutable.</summary>
/// <param name="MaxLossPercent">Share of requests that may be lost; null for any.</param>
/// <param name="MaxP99">99th percentile of latency in milliseconds at most; null for any.</param>
internal sealed record LoadLimits(double? MaxLossPercent, double? MaxP99)
{
    /// <summary>What is broken, in words; null when all is kept.</summary>
    public string? Broken(LoadSummary summary)
    {
        string[] broken =
        [
            .. MaxLossPercent is { } loss && summary.LossPercent > loss ? [string.Create(CultureInfo.InvariantCulture, $"{summary.LossPercent:0.####} % of the requests were lost, and --max-loss allows {loss} %")] : Array.Empty<string>(),
            .. MaxP99 is { } p99 && summary.P99 > p99 ? [string.Create(CultureInfo.InvariantCulture, $"the 99th percentile of latency is {summary.P99} ms, and --max-p99 allows {p99} ms")] : Array.Empty<string>(),
        ];
        return broken.Length == 0 ? null : string.Join("; ", broken) + ".";
    }
}
