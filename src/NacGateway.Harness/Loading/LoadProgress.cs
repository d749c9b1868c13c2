namespace NacGateway.Harness.Loading;

/// <summary>How far a run is.</summary>
internal sealed record LoadProgress(TimeSpan Elapsed, long Sent, long Answered, long Lost);
