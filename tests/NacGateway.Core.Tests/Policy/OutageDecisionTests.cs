using NacGateway.Core.Policy;
using Xunit;

namespace NacGateway.Core.Tests.Policy;

/// <summary>What the rules say when no server answers.</summary>
public sealed class OutageDecisionTests
{
    private const string Roles = """
        "roles": [ { "name": "clinic", "noAnswer": { "acceptedWithin": "1.00:00:00", "for": "00:30:00", "withoutPassword": true } } ]
        """;

    private const string Staff = """{ "name": "staff", "when": { "user": "alice" }, "role": "clinic" }""";
    private const string Group = """{ "name": "group", "when": { "group": "clinic" }, "role": "clinic" }""";
    private const string Closed = """{ "name": "closed", "refuse": "Closed." }""";

    [Theory]
    [InlineData(Staff, Closed, true)]
    [InlineData(Closed, Staff, false)]
    [InlineData(Group, Closed, false)]
    public void The_first_rule_that_can_be_judged_without_an_answer_and_holds_says_whether_access_is_refused(string first, string second, bool isGranted)
    {
        var policy = Rules.Of($$"""{ {{Roles}}, "rules": [ {{first}}, {{second}} ] }""");
        var query = Rules.Query();

        var decision = policy.DecideUnanswered(query, new LastAccept(query.At - TimeSpan.FromHours(1), "clinic"));

        Assert.Equal((isGranted, isGranted ? null : "closed"), (decision.IsGranted, decision.Rule));
    }
}
