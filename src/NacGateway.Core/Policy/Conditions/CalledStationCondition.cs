namespace NacGateway.Core.Policy.Conditions;

/// <summary>Called-Station-Id as a whole fits one of the patterns, without regard to case.</summary>
internal sealed class CalledStationCondition(IReadOnlyList<TextPattern> patterns) : ICondition
{
    public string Words => $"the Called-Station-Id is {TextPattern.Choice(patterns.Select(pattern => pattern.Text))}";

    public string? Miss(AccessQuery query) => query.CalledStationId is not { } called
        ? "there is no Called-Station-Id"
        : patterns.Any(pattern => pattern.Matches(called)) ? null : $"the Called-Station-Id '{called}' is not {TextPattern.Words(patterns)}";
}
