using NacGateway.Core.Policy;

namespace NacGateway.Core.Insight.Decisions;

/// <summary>Reads what a record is about.</summary>
public static class DecisionKinds
{
    /// <summary>The kind of a record.</summary>
    public static DecisionKind Of(PolicyDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return Find(decision.Outcome);
    }

    /// <summary>The kind with a name as the database has it.</summary>
    public static DecisionKind Find(string? outcome) =>
        outcome is { Length: > 0 } && char.IsAsciiLetter(outcome[0]) && Enum.TryParse<DecisionKind>(outcome, ignoreCase: false, out var kind) ? kind : DecisionKind.Unknown;

    /// <summary>What a record came to.</summary>
    public static DecisionVerdict VerdictOf(PolicyDecision decision)
    {
        var verdict = VerdictOf(Of(decision));
        return verdict != DecisionVerdict.None ? verdict : decision.IsGranted ? DecisionVerdict.Granted : DecisionVerdict.Refused;
    }

    /// <summary>What a kind comes to; none where only the record itself says it.</summary>
    public static DecisionVerdict VerdictOf(DecisionKind kind) => kind switch
    {
        DecisionKind.Unknown => DecisionVerdict.None,
        DecisionKind.SignedIn or DecisionKind.Renewed or DecisionKind.Reapplied => DecisionVerdict.Granted,
        DecisionKind.Challenged => DecisionVerdict.Challenged,
        _ => DecisionVerdict.Refused,
    };

    /// <summary>The name of a value in a URL: <c>no-answer</c>.</summary>
    public static string NameOf(Enum value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return string.Concat(value.ToString().Select((c, at) => at > 0 && char.IsUpper(c) ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
    }

    /// <summary>The value of a name in a URL; null for none.</summary>
    public static T? FindByName<T>(string name)
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(name);
        var plain = name.Replace("-", "", StringComparison.Ordinal);
        return Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => string.Equals(value.ToString(), plain, StringComparison.OrdinalIgnoreCase));
    }
}
