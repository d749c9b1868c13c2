namespace NacGateway.Core.Sessions;

/// <summary>How the opening of a session ended.</summary>
public abstract record OpenOutcome
{
    /// <summary>It is durable, and the gate knows it.</summary>
    public sealed record Opened(ActiveSession Session) : OpenOutcome;

    /// <summary>The user has as many devices online as allowed.</summary>
    public sealed record DeviceLimit(int Current, int Maximum) : OpenOutcome;

    /// <summary>The database could not record it; nothing was granted.</summary>
    public sealed record Unavailable : OpenOutcome;

    /// <summary>Too many changes wait already; nothing was granted.</summary>
    public sealed record Busy : OpenOutcome;
}
