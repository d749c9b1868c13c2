using Xunit.v3;

namespace NacGateway.TestKit;

/// <summary>
/// Names the rows of <c>tests/requirements.tsv</c> that a test checks. <c>tests/run</c> prints which rows have a test; it is also a
/// trait, so that <c>--filter-trait Requirement=ACCT-17</c> runs the tests of one row.
/// </summary>
/// <param name="ids">Such as <c>ACCT-17</c>; each on its own, for they are searched as text.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequirementAttribute(params string[] ids) : Attribute, ITraitAttribute
{
    /// <summary>The rows.</summary>
    public IReadOnlyList<string> Ids { get; } = ids;

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [.. Ids.Select(id => KeyValuePair.Create("Requirement", id))];
}
