namespace NacGateway.Core.Insight.DryRun;

/// <summary>What other rules would mean for one open session.</summary>
public enum ForecastKind
{
    /// <summary>It is under the same limits and the same role as now.</summary>
    Unchanged,

    /// <summary>It would be under another role, and what comes with it.</summary>
    OtherRole,

    /// <summary>It would be under the same role, and other limits.</summary>
    OtherLimits,

    /// <summary>Its sign-in would be refused.</summary>
    Refused,

    /// <summary>It is not under what its sign-in gave it: somebody has put it under something else since, which other rules do not undo.</summary>
    LeftAlone,

    /// <summary>What would be needed to say was not kept.</summary>
    NotKnown,
}
