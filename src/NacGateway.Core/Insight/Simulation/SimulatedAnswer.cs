namespace NacGateway.Core.Insight.Simulation;

/// <summary>What the server says in a simulation.</summary>
public enum SimulatedAnswer
{
    /// <summary>Access-Accept: the password is right.</summary>
    Accept = 0,

    /// <summary>Access-Reject.</summary>
    Reject,

    /// <summary>Access-Challenge: it asks for one more step.</summary>
    Challenge,

    /// <summary>Nothing: all servers are taken for dead.</summary>
    None,
}
