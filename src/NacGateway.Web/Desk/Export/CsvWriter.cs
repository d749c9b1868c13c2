using System.Buffers;
using System.Globalization;
using System.Text;

namespace NacGateway.Web.Desk.Export;

/// <summary>
/// Writes lines of comma-separated values (RFC 4180) in UTF-8. Its texts came from users and servers, and a spreadsheet takes what begins with
/// <c>=</c>, <c>+</c>, <c>-</c> or <c>@</c> for a formula that it runs: such a text gets an apostrophe in front. Numbers and instants are the
/// gateway's own and stay as they are. Keeps one line in memory.
/// </summary>
internal sealed class CsvWriter(Stream output)
{
    /// <summary>Media type of what it writes.</summary>
    public const string MediaType = "text/csv";

    /// <summary>The wide forms count: a spreadsheet set to Japanese takes them for the narrow ones.</summary>
    private const string FormulaMarks = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>
    /// What a spreadsheet of another country parts cells by, and line ends: where it does not see our quotes, a cell begins behind each of them.
    /// </summary>
    private const string OtherSeparators = ";\t\r\n|";

    private static readonly SearchValues<char> s_formulas = SearchValues.Create(FormulaMarks);
    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n;\t|");

    private readonly StringBuilder _line = new();
    private bool _isFirst = true;

    /// <summary>Adds a text that anybody may have written; null is an empty field.</summary>
    public CsvWriter Text(string? value) => Field(Disarm(value ?? ""));

    /// <summary>Adds a number; null is an empty field.</summary>
    public CsvWriter Number(long? value) => Field(value?.ToString(CultureInfo.InvariantCulture) ?? "");

    /// <summary>Adds an instant as RFC 3339 in UTC, to the second; null is an empty field.</summary>
    public CsvWriter Instant(DateTimeOffset? value) => Field(value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "");

    /// <summary>Ends the line and writes it.</summary>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        var octets = Encoding.UTF8.GetBytes(_line.Append("\r\n").ToString());
        _line.Clear();
        _isFirst = true;
        await output.WriteAsync(octets, cancellationToken);
    }

    /// <summary>The text as one that no spreadsheet runs.</summary>
    internal static string Disarm(string text)
    {
        if (text.AsSpan().IndexOfAny(s_formulas) < 0)
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 1);
        var begins = true;
        foreach (var c in text)
        {
            if (begins && FormulaMarks.Contains(c, StringComparison.Ordinal))
            {
                safe.Append('\'');
            }

            // Blanks, quotes and what is not seen do not make the beginning of a cell safe.
            begins = OtherSeparators.Contains(c, StringComparison.Ordinal)
                || (begins && (char.IsWhiteSpace(c) || char.IsControl(c) || c == '"' || char.GetUnicodeCategory(c) == UnicodeCategory.Format));
            safe.Append(c);
        }

        return safe.ToString();
    }

    private CsvWriter Field(string value)
    {
        if (!_isFirst)
        {
            _line.Append(',');
        }

        _isFirst = false;
        if (value.AsSpan().IndexOfAny(s_quoted) < 0 && value.Trim().Length == value.Length)
        {
            _line.Append(value);
        }
        else
        {
            _line.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }

        return this;
    }
}
