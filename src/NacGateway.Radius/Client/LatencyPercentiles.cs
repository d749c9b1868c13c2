namespace NacGateway.Radius.Client;

/// <summary>How long recent answers took.</summary>
/// <param name="Count">Answers looked at; 0 when none has come, and then all others are zero.</param>
/// <param name="P50">Half were faster.</param>
/// <param name="P95">Of a hundred, 95 were faster.</param>
/// <param name="P99">Of a hundred, 99 were faster.</param>
public sealed record LatencyPercentiles(int Count, TimeSpan P50, TimeSpan P95, TimeSpan P99)
{
    /// <summary>Those of no answer.</summary>
    internal static LatencyPercentiles None { get; } = new(0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
}
