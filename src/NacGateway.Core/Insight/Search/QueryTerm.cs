using System.Text;

namespace NacGateway.Core.Insight.Search;

/// <summary>A term of a search: a word, or a key with values.</summary>
/// <param name="Key">The key in lower case; null for a word.</param>
/// <param name="Values">The values; of a word, one.</param>
internal sealed record QueryTerm(string? Key, IReadOnlyList<string> Values)
{
    /// <summary>
    /// Reads terms: they stand apart by blanks, <c>key:value,value</c> for the keys that are known, and a word otherwise, so that a MAC or an
    /// IPv6 address needs no quotes. In quotes everything stands for itself; a quote in them is doubled.
    /// </summary>
    public static IEnumerable<QueryTerm> Read(string text, IReadOnlySet<string> keys)
    {
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            if (ReadTerm(text, keys, ref at) is { } term)
            {
                yield return term;
            }
        }
    }

    /// <summary>A value as it is read back, in quotes where it needs them.</summary>
    public static string Quote(string value) =>
        value.Length == 0 || value.Any(c => char.IsWhiteSpace(c) || c is '"' or ',') ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;

    /// <summary>A word as it is read back, in quotes where it would be taken for something else.</summary>
    public static string QuoteWord(string word, IReadOnlySet<string> keys)
    {
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        var isTerm = colon > 0 && keys.Contains(word[..colon].ToLowerInvariant());
        return isTerm ? $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : Quote(word);
    }

    private static QueryTerm? ReadTerm(string text, IReadOnlySet<string> keys, ref int at)
    {
        string? key = null;
        List<string> values = [];
        var current = new StringBuilder();
        var (inQuotes, wasQuoted) = (false, false);
        for (; at < text.Length && (inQuotes || !char.IsWhiteSpace(text[at])); at++)
        {
            var c = text[at];
            if (c == '"' && inQuotes && at + 1 < text.Length && text[at + 1] == '"')
            {
                current.Append(c);
                at++;
            }
            else if (c == '"')
            {
                (inQuotes, wasQuoted) = (!inQuotes, true);
            }
            else if (c == ':' && !wasQuoted && key is null && keys.Contains(current.ToString().ToLowerInvariant()))
            {
                key = current.ToString().ToLowerInvariant();
                current.Clear();
            }
            else if (c == ',' && !inQuotes && key is not null)
            {
                Take();
            }
            else
            {
                current.Append(c);
            }
        }

        Take();
        return values.Count == 0 ? null : new QueryTerm(key, values);

        void Take()
        {
            var value = current.ToString().Trim();
            if (value.Length > 0)
            {
                values.Add(value);
            }

            current.Clear();
        }
    }
}
