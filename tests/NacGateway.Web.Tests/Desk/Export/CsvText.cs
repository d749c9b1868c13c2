using System.Text;

namespace NacGateway.Web.Tests.Desk.Export;

/// <summary>Reads comma-separated values by the grammar of RFC 4180.</summary>
internal static class CsvText
{
    public static IReadOnlyList<IReadOnlyList<string>> Read(string text)
    {
        List<IReadOnlyList<string>> lines = [];
        List<string> line = [];
        for (var at = 0; at < text.Length;)
        {
            line.Add(Field(text, ref at));
            if (at < text.Length && text[at] == ',')
            {
                at++;
                if (at == text.Length)
                {
                    throw new FormatException("The last line has no end.");
                }

                continue;
            }

            if (text.AsSpan(at) is not ['\r', '\n', ..])
            {
                throw new FormatException($"No end of a field at {at}.");
            }

            at += 2;
            lines.Add(line);
            line = [];
        }

        return lines;
    }

    private static string Field(string text, ref int at)
    {
        var field = new StringBuilder();
        if (at == text.Length || text[at] != '"')
        {
            for (; at < text.Length && text[at] is not (',' or '\r'); at++)
            {
                field.Append(text[at] is '"' or '\n' ? throw new FormatException($"A quote or a line end outside of quotes at {at}.") : text[at]);
            }

            return field.ToString();
        }

        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                field.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                field.Append('"');
                at++;
            }
            else
            {
                at++;
                return field.ToString();
            }
        }

        throw new FormatException("Quotes without an end.");
    }
}
