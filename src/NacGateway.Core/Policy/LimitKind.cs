namespace NacGateway.Core.Policy;

/// <summary>What can be limited by a number; the unit is that of <see cref="LimitSet"/>.</summary>
internal enum LimitKind
{
    SessionTimeout,
    IdleTimeout,
    InterimInterval,
    UploadRate,
    DownloadRate,
    InputQuota,
    OutputQuota,
    TotalQuota,
    ThrottleRate,
}
