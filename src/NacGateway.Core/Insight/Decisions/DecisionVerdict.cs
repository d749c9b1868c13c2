namespace NacGateway.Core.Insight.Decisions;

/// <summary>What a decision came to.</summary>
public enum DecisionVerdict
{
    None = 0,

    /// <summary>Somebody got on, or stays on.</summary>
    Granted,

    /// <summary>Somebody did not get on, or was put off.</summary>
    Refused,

    /// <summary>A server asked for one more step.</summary>
    Challenged,
}
