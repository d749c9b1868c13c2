namespace NacGateway.Web.Api.Trail;

/// <summary>What walking the whole audit trail found.</summary>
/// <param name="IsWhole">Whether nothing was changed, left out or put in.</param>
/// <param name="Lines">Lines that are as they were written.</param>
/// <param name="Sequence">The first line that is not; null when all are.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record AuditVerdictItem(bool IsWhole, long Lines, long? Sequence, string? Reason);
