using NacGateway.Core.Policy.Conditions;

namespace NacGateway.Core.Policy;

/// <summary>One of the ordered rules: when all its conditions hold, it names roles or refuses.</summary>
internal sealed record AccessRule
{
    /// <summary>Name, unique without regard to case.</summary>
    public required string Name { get; init; }

    /// <summary>All must hold; none is always.</summary>
    public IReadOnlyList<ICondition> Conditions { get; init; } = [];

    /// <summary>Names of the roles it gives; empty when it refuses, or leaves all to the server.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Whether it refuses.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>What the person is told of the refusal; null for nothing besides the page's own words.</summary>
    public string? Message { get; init; }

    /// <summary>Whether it can be judged when no server answered.</summary>
    public bool NeedsReply => Conditions.Any(condition => condition.NeedsReply);

    /// <summary>Null when it holds; else why not, as part of a sentence.</summary>
    public string? Miss(AccessQuery query)
    {
        foreach (var condition in Conditions)
        {
            if (condition.Miss(query) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }
}
