using NacGateway.Radius.Dictionary;

namespace NacGateway.Harness.Input;

/// <summary>Attributes as the command line and files give them.</summary>
internal static class AttributeText
{
    private const byte MessageAuthenticator = 80;

    /// <summary>The dictionary, but for two attributes that are computed here from whatever was given, as radclient does it.</summary>
    private static readonly Lazy<AttributeDictionary> s_dictionary = new(() => AttributeDictionary.Parse(
        "computed", "ATTRIBUTE CHAP-Password 3 octets secret\nATTRIBUTE Message-Authenticator 80 octets\n", AttributeDictionary.Default));

    /// <summary>Attributes that the verbs compute which play whole users: a second one would make the request contradict itself.</summary>
    private static readonly string[] s_computed =
        ["User-Name", "User-Password", "CHAP-Password", "CHAP-Challenge", "MS-CHAP-Challenge", "MS-CHAP2-Response", "Message-Authenticator"];

    /// <summary>Reads one that <c>-a</c> adds to what a verb computes itself.</summary>
    /// <exception cref="UsageException">The dictionary has no such attribute, or it has no such value, or the verb computes it.</exception>
    public static AttributeAssignment Parse(string text)
    {
        var assignment = Parse(text, "-a");

        // By its numbers, for Attr-1 is User-Name too.
        var name = AttributeDictionary.Default.TryGet(assignment.Definition.Path, out var known) ? known.Name : assignment.Definition.Name;
        return s_computed.Contains(name, StringComparer.Ordinal)
            ? throw new UsageException($"-a: {name} is computed from --user, --password, --method and the secret. Leave it out.")
            : assignment;
    }

    /// <summary>Reads one of the command line. Unlike in a file a value with blanks or commas needs no quotes of its own: the shell has taken them off.</summary>
    /// <param name="text">NAME=VALUE, perhaps with blanks around the equals sign.</param>
    /// <param name="where">Where it stands, for the error.</param>
    /// <exception cref="UsageException">The dictionary has no such attribute, or it has no such value.</exception>
    public static AttributeAssignment Parse(string text, string where) =>
        AttributeAssignment.TryParse(Quoted(text), s_dictionary.Value, out var assignment, out var error)
            ? Check(assignment, where)
            : throw new UsageException($"{where}: {error} Give NAME=VALUE, such as NAS-Port-Type=Wireless-802.11; Attr-26.9.77=0x01 names what the dictionary lacks.");

    /// <summary>Reads a line of a file: one, or several with commas between and perhaps one behind.</summary>
    /// <param name="line">The line, without a comment.</param>
    /// <param name="where">File and line, for the error.</param>
    /// <exception cref="UsageException">It is none.</exception>
    public static IEnumerable<AttributeAssignment> ParseLine(string line, string where) =>
        AttributeAssignment.TryParseList(line.Trim().TrimEnd(','), s_dictionary.Value, out var assignments, out var error)
            ? assignments.Select(assignment => Check(assignment, where))
            : throw new UsageException($"{where}: {error} A line is Name = value; texts with blanks stand in quotes.");

    /// <summary>The text with quotes around its value where the value needs them.</summary>
    public static string Quoted(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            return text;
        }

        var end = equals + (equals + 1 < text.Length && text[equals + 1] == '=' ? 2 : 1);
        var value = text[end..].TrimStart();
        return value.IndexOfAny([' ', '\t', ',']) < 0 || value is ['"' or '\'', ..]
            ? text[..end] + value
            : $"{text[..end]}\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    private static AttributeAssignment Check(AttributeAssignment assignment, string where)
    {
        var name = assignment.Definition.Name;
        if (assignment.Definition.IsInternal)
        {
            throw new UsageException($"{where}: {name} is for the configuration of servers and never goes on the wire. Leave it out; a password is given by User-Password, or by --user and --password.");
        }

        if (assignment.Operator is AttributeOperator.Equal or AttributeOperator.NotEqual)
        {
            throw new UsageException($"{where}: {name} is compared, not given. Give NAME=VALUE with one equals sign; what a reply is to hold is given by --expect-attr.");
        }

        // By its number, for Attr-80 is Message-Authenticator too, and would be taken for octets to send.
        return assignment.Definition.Path is [MessageAuthenticator] && !AttributeDictionary.Default.TryGet(name, out _)
            ? throw new UsageException($"{where}: {name} is Message-Authenticator, which is computed from the packet and the secret. Give Message-Authenticator=0x00 to have one, or leave it out.")
            : assignment;
    }
}
