namespace NacGateway.Core.Policy;

/// <summary>What became of a rule when a query went through all of them.</summary>
public enum RuleFate
{
    /// <summary>An earlier one had held already.</summary>
    NotAsked,

    /// <summary>One of its conditions did not hold.</summary>
    Missed,

    /// <summary>All its conditions held: it decided.</summary>
    Held,
}
