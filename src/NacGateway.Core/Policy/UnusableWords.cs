namespace NacGateway.Core.Policy;

/// <summary>The sentence of an answer that counts as a Reject, and the way back from it to the reason: records keep only the sentence.</summary>
internal static class UnusableWords
{
    public const string NoRule = " No rule was asked.";

    private const string Before = "Access was refused: the server's answer counts as a Reject, because ";

    /// <summary>The sentence.</summary>
    public static string Say(string problem) => $"{Before}{problem}.";

    /// <summary>The reason, as part of a sentence; null where the words give none.</summary>
    public static string? Find(string words)
    {
        var at = words.IndexOf(Before, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var reason = words[(at + Before.Length)..];
        reason = reason.EndsWith(NoRule, StringComparison.Ordinal) ? reason[..^NoRule.Length] : reason;
        return reason.TrimEnd('.');
    }
}
