using System.Globalization;
using System.Runtime.CompilerServices;

namespace NacGateway.Core.Insight.Decisions;

/// <summary>
/// A sentence for administrators that knows which of its parts are the gateway's own words and which came from outside. Written as an
/// interpolated string: every text put into it counts as foreign, numbers and other sentences do not.
/// </summary>
[InterpolatedStringHandler]
public sealed class Sentence
{
    /// <summary>Nothing.</summary>
    public static readonly Sentence Empty = new();

    private readonly List<SentencePart> _parts = [];

    /// <summary>For the compiler.</summary>
    /// <param name="literalLength">Length of the gateway's own words.</param>
    /// <param name="formattedCount">Number of what is put in.</param>
    public Sentence(int literalLength, int formattedCount) => _parts.EnsureCapacity((literalLength > 0 ? 1 : 0) + (2 * formattedCount));

    private Sentence()
    {
    }

    /// <summary>Its parts in order.</summary>
    public IReadOnlyList<SentencePart> Parts => _parts;

    /// <summary>A sentence of the gateway's own words.</summary>
    public static Sentence Of(string text)
    {
        var sentence = new Sentence();
        sentence.AppendLiteral(text);
        return sentence;
    }

    /// <summary>Adds the gateway's own words.</summary>
    public void AppendLiteral(string text) => _parts.Add(new SentencePart(text, IsForeign: false));

    /// <summary>Adds what somebody else wrote.</summary>
    public void AppendFormatted(string? text) => _parts.Add(new SentencePart(text is { Length: > 0 } ? text : "-", IsForeign: true));

    /// <summary>Adds a number.</summary>
    public void AppendFormatted(long number) => AppendLiteral(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a sentence, or nothing.</summary>
    public void AppendFormatted(Sentence? sentence) => _parts.AddRange(sentence?._parts ?? []);

    /// <summary>As plain text.</summary>
    public override string ToString() => string.Concat(_parts.Select(part => part.Text));
}
