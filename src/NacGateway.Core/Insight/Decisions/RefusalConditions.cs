using System.Linq.Expressions;
using NacGateway.Core.Insight.Search;
using NacGateway.Core.Policy;

namespace NacGateway.Core.Insight.Decisions;

/// <summary>What <see cref="RefusalReasons.KindOf(string, string?)"/> means for rows of the database.</summary>
internal static class RefusalConditions
{
    /// <summary>Decisions that were refused for a reason.</summary>
    public static Expression<Func<PolicyDecision, bool>> Of(RefusalKind reason)
    {
        var refusals = Enum.GetValues<DecisionKind>().Where(kind => DecisionKinds.VerdictOf(kind) == DecisionVerdict.Refused).Select(kind => kind.ToString()).ToList();
        string?[] spoken = [.. refusals.Where(RefusalReasons.DependsOnMessage)];
        string?[] plain = [.. refusals.Where(outcome => !RefusalReasons.DependsOnMessage(outcome) && RefusalReasons.KindOf(outcome, null) == reason)];
        return Conditions.Any<PolicyDecision>(row => plain.Contains(row.Outcome), Conditions.All(row => spoken.Contains(row.Outcome), Message(reason)));
    }

    /// <summary>A message that is of this kind: it has one of its words, and none of those that come before in the table.</summary>
    private static Expression<Func<PolicyDecision, bool>> Message(RefusalKind reason)
    {
        List<Expression<Func<PolicyDecision, bool>>> ways = [];
        List<Expression<Func<PolicyDecision, bool>>> before = [];
        foreach (var (word, kind) in RefusalReasons.Words)
        {
            if (kind == reason)
            {
                ways.Add(Conditions.All([Has(word), .. before]));
            }

            before.Add(Has(word).Not());
        }

        if (reason == RefusalKind.Rejected)
        {
            ways.Add(Conditions.All(before));
        }

        return Conditions.Any(ways);
    }

    private static Expression<Func<PolicyDecision, bool>> Has(string word)
    {
        var upper = word.ToUpperInvariant();
#pragma warning disable CA1304 // The database does it, and knows no cultures.
#pragma warning disable CA1311 // The database does it, and knows no cultures.
#pragma warning disable CA1862 // The database does it, and knows no kinds of comparison.
        return row => row.ReplyMessage != null && row.ReplyMessage.ToUpper().Contains(upper);
#pragma warning restore CA1304, CA1311, CA1862
    }
}
