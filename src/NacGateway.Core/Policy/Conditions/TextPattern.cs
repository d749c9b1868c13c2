using System.IO.Enumeration;

namespace NacGateway.Core.Policy.Conditions;

/// <summary>A text in which <c>*</c> stands for any part of it, and <c>?</c> for any character.</summary>
/// <param name="Text">As it is written in the rules.</param>
/// <param name="IgnoresCase">Whether case makes no difference.</param>
internal sealed record TextPattern(string Text, bool IgnoresCase)
{
    private readonly string _expression = Text.Replace(@"\", @"\\", StringComparison.Ordinal);

    /// <summary>Whether it fits the whole of a value; an empty pattern fits only what is empty.</summary>
    public bool Matches(ReadOnlySpan<char> value) => Text.Length == 0 ? value.IsEmpty : FileSystemName.MatchesSimpleExpression(_expression, value, IgnoresCase);

    /// <summary>All values as a choice, as part of a sentence.</summary>
    public static string Choice(IEnumerable<string> values) => string.Join(" or ", values.Select(value => $"'{value}'"));

    /// <summary>Some patterns as part of a sentence, however many there are.</summary>
    public static string Words(IReadOnlyList<TextPattern> patterns) => Words(patterns.Select(pattern => pattern.Text), patterns.Count);

    /// <summary>Some values as part of a sentence, however many there are.</summary>
    public static string Words(IEnumerable<string> values, int count) =>
        string.Join(", ", values.Take(3).Select(value => $"'{value}'")) + (count > 3 ? $" or {count - 3} more" : string.Empty);
}
