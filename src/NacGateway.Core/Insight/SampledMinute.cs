namespace NacGateway.Core.Insight;

/// <summary>The samples of one minute, which are written together.</summary>
/// <param name="Activity">What the gateway did.</param>
/// <param name="Servers">How each server did.</param>
internal sealed record SampledMinute(ActivitySample Activity, IReadOnlyList<ServerSample> Servers);
