namespace NacGateway.Core.Policy.Conditions;

/// <summary>The user's name as typed fits one of the patterns, without regard to case.</summary>
internal sealed class UserCondition(IReadOnlyList<TextPattern> patterns) : ICondition
{
    public string Words => $"the user is {TextPattern.Choice(patterns.Select(pattern => pattern.Text))}";

    public string? Miss(AccessQuery query)
    {
        var name = query.UserName;
        return patterns.Any(pattern => pattern.Matches(name)) ? null : $"the user is not {TextPattern.Words(patterns)}";
    }
}
