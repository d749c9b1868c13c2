using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.Story;

/// <summary>The names that RFC 2866 section 5.10 gives causes.</summary>
public static class SessionCauses
{
    /// <summary>Such as "Admin-Reset".</summary>
    public static string NameOf(AcctTerminateCause cause) =>
        string.Concat(cause.ToString().Select((c, at) => at > 0 && char.IsUpper(c) ? $"-{c}" : $"{c}")).Replace("Nas-", "NAS-", StringComparison.Ordinal);
}
