namespace NacGateway.Core.Authentication;

/// <summary>How it stands with the sign-in of one account, or from one address.</summary>
/// <param name="Failures">Failed tries that count now.</param>
/// <param name="Until">Until when no try is let through, UTC; null when tries are.</param>
public sealed record LoginLock(int Failures, DateTimeOffset? Until)
{
    /// <summary>Whether tries are refused now.</summary>
    public bool IsLocked => Until is not null;

    /// <summary>Whether there is anything to forgive.</summary>
    public bool Matters => Failures > 0 || IsLocked;
}
