using System.Text;

namespace NacGateway.Core.Policy;

/// <summary>Sentences that fit into the record: what would not fit is counted instead.</summary>
internal sealed class DecisionWords
{
    /// <summary>Longest text of a record, in characters; the column's.</summary>
    public const int Longest = 4000;

    private const int Room = 200;

    private readonly StringBuilder _text = new();

    public void Say(string sentence) => _text.Append(_text.Length == 0 ? string.Empty : " ").Append(sentence);

    /// <summary>Adds a sentence for each rule that did not hold, as long as half of the room is not used up.</summary>
    public void SayMisses(IReadOnlyList<(string Rule, string Reason)> misses)
    {
        var told = 0;
        foreach (var (rule, reason) in misses.TakeWhile(_ => _text.Length < Longest / 2))
        {
            Say($"Rule '{rule}' did not hold: {Cut(reason, Room)}.");
            told++;
        }

        if (told < misses.Count)
        {
            Say($"{misses.Count - told} more rules did not hold.");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Cut(_text.ToString(), Longest);

    /// <summary>A text of at most so many characters, and no half of one.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = longest - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }
}
