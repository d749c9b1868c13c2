using System.Globalization;
using System.Text;

namespace NacGateway.Web.Tests.Observability.Syslog;

/// <summary>A message as RFC 5424 section 6 reads it, forgiving nothing.</summary>
internal sealed record SyslogRead(int Priority, DateTimeOffset At, string Host, string App, string Process, string Id, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Elements, string Text)
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public int Facility => Priority / 8;

    public int Severity => Priority % 8;

    public long Sequence => long.Parse(Elements["meta"]["sequenceId"], CultureInfo.InvariantCulture);

    /// <summary>The element that is not meta.</summary>
    public IReadOnlyDictionary<string, string> Own => Elements.Single(element => element.Key != "meta").Value;

    public static SyslogRead Parse(byte[] octets)
    {
        var text = s_strict.GetString(octets);
        Demand(!text.Any(char.IsControl), "A control character.");
        Demand(text[0] == '<' && text.IndexOf('>', StringComparison.Ordinal) is >= 2 and <= 4, "No PRI.");
        var end = text.IndexOf('>', StringComparison.Ordinal);
        var priority = int.Parse(text.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture);
        Demand(priority <= 191 && text[1..end] == priority.ToString(CultureInfo.InvariantCulture), "PRI out of range or with leading zeros.");
        var fields = text[(end + 1)..].Split(' ', 7);
        Demand(fields.Length == 7 && fields[0] == "1", "VERSION is not 1, or a field is missing.");
        Demand(fields[2..6].All(field => field.Length > 0 && field.All(character => character is > ' ' and < (char)127)), "A field of the header is not printable ASCII.");
        Demand(fields[2].Length <= 255 && fields[3].Length <= 48 && fields[4].Length <= 128 && fields[5].Length <= 32, "A field of the header is too long.");
        var at = DateTimeOffset.ParseExact(fields[1], "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var rest = fields[6];
        var elements = Elementary(ref rest);
        Demand(rest.StartsWith(" \ufeff", StringComparison.Ordinal), "No byte order mark before the text.");
        return new SyslogRead(priority, at, fields[2], fields[3], fields[4], fields[5], elements, rest[2..]);
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Elementary(ref string rest)
    {
        var elements = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        var at = 0;
        while (at < rest.Length && rest[at] == '[')
        {
            var id = Name(rest, ref at);
            var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
            while (rest[at] == ' ')
            {
                var name = Name(rest, ref at);
                Demand(rest[at] == '=' && rest[at + 1] == '"', "No value.");
                at += 2;
                var value = new StringBuilder();
                for (; rest[at] != '"'; at++)
                {
                    Demand(rest[at] != ']', "An unescaped bracket.");
                    if (rest[at] == '\\')
                    {
                        at++;
                        Demand(rest[at] is '"' or '\\' or ']', "An escape of nothing.");
                    }

                    value.Append(rest[at]);
                }

                at++;
                Demand(parameters.TryAdd(name, value.ToString()), "A parameter twice.");
            }

            Demand(rest[at] == ']', "An element without end.");
            at++;
            Demand(elements.TryAdd(id, parameters), "An element twice.");
        }

        Demand(elements.Count > 0, "No structured data.");
        rest = rest[at..];
        return elements;
    }

    private static string Name(string text, ref int at)
    {
        var start = ++at;
        while (text[at] is > ' ' and < (char)127 and not '=' and not ']' and not '"')
        {
            at++;
        }

        Demand(at - start is > 0 and <= 32, "A name that is none.");
        return text[start..at];
    }

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FormatException(otherwise);
        }
    }
}
