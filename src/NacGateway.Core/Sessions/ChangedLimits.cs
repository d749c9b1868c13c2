using System.Globalization;
using NacGateway.Core.Policy;

namespace NacGateway.Core.Sessions;

/// <summary>What is different between two sets of limits, in words for the history of a session.</summary>
internal static class ChangedLimits
{
    /// <summary>A piece of text for each, with the old and the new value.</summary>
    public static IEnumerable<string> Describe(SessionLimits before, SessionLimits after) => new[]
    {
        Of("Session-Timeout", before.SessionTimeout, after.SessionTimeout),
        Of("Idle-Timeout", before.IdleTimeout, after.IdleTimeout),
        Of("Acct-Interim-Interval", before.InterimInterval, after.InterimInterval),
        Of("upload rate", before.UploadRate, after.UploadRate, "bit/s"),
        Of("download rate", before.DownloadRate, after.DownloadRate, "bit/s"),
        Of("input quota", before.InputQuota, after.InputQuota, "octets"),
        Of("output quota", before.OutputQuota, after.OutputQuota, "octets"),
        Of("total quota", before.TotalQuota, after.TotalQuota, "octets"),
        Of("rate after the quota", before.ThrottleRate, after.ThrottleRate, "bit/s"),
        string.Equals(before.Role, after.Role, StringComparison.Ordinal) ? null : $"role from {before.Role ?? "none"} to {after.Role ?? "none"}",
    }.OfType<string>();

    private static string? Of(string name, TimeSpan? before, TimeSpan? after) => Of(name, (long?)before?.TotalSeconds, (long?)after?.TotalSeconds, "s");

    private static string? Of(string name, long? before, long? after, string unit) => before == after ? null : $"{name} from {Of(before, unit)} to {Of(after, unit)}";

    private static string Of(long? value, string unit) => value is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number} {unit}") : "none";
}
