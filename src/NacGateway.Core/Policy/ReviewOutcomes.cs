namespace NacGateway.Core.Policy;

/// <summary>Words of <see cref="PolicyDecision.Outcome"/> for decisions that an administrator has made about open sessions.</summary>
public static class ReviewOutcomes
{
    /// <summary>An open session was put under other rules.</summary>
    public const string Reapplied = "Reapplied";

    /// <summary>An open session ended, because other rules refuse it.</summary>
    public const string Withdrawn = "Withdrawn";
}
