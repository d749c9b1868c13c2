using NacGateway.Harness.Output;

namespace NacGateway.Harness.Sending;

/// <summary>What the caller expects of the outcome.</summary>
/// <param name="Outcomes">The outcomes that are right, the usual one first.</param>
/// <param name="Attributes">What the reply is to hold.</param>
internal sealed record Expectations(IReadOnlyList<string> Outcomes, IReadOnlyList<ExpectedAttribute> Attributes)
{
    public string Text => string.Join(" or ", Outcomes);

    public bool ExpectsNothing => Outcomes is [PacketOutcome.None];

    public bool Allow(string outcome) => Outcomes.Contains(outcome, StringComparer.Ordinal);

    public IReadOnlyList<PacketCheck> Check(SendStep last) => last.Reply is null ? [] : [.. Attributes.Select(attribute => attribute.Check(last))];
}
