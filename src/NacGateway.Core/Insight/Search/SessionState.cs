namespace NacGateway.Core.Insight.Search;

/// <summary>How a session stands; the rules are those of <see cref="SessionStateRule"/>.</summary>
public enum SessionState
{
    None = 0,
    Active,
    Idle,
    Stale,
    Ending,
    Ended,
}
