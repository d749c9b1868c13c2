using NacGateway.Radius.Dictionary;

namespace NacGateway.Harness.Input;

/// <summary>Attributes as <c>-a NAME=VALUE</c> gives them.</summary>
internal static class AttributeText
{
    /// <summary>Attributes that the harness computes itself: a second one would make the request contradict itself.</summary>
    private static readonly string[] s_computed =
        ["User-Name", "User-Password", "CHAP-Password", "CHAP-Challenge", "MS-CHAP-Challenge", "MS-CHAP2-Response", "Message-Authenticator"];

    /// <summary>Reads one. Unlike in a users file a value with blanks or commas needs no quotes of its own: the shell has taken them off.</summary>
    /// <exception cref="UsageException">The dictionary has no such attribute, or it has no such value.</exception>
    public static AttributeAssignment Parse(string text)
    {
        if (!AttributeAssignment.TryParse(Quoted(text), AttributeDictionary.Default, out var assignment, out var error))
        {
            throw new UsageException($"-a: {error} Give NAME=VALUE, such as -a NAS-Port-Type=Wireless-802.11; Attr-26.9.77=0x01 names what the dictionary lacks.");
        }

        if (assignment.Definition.IsInternal)
        {
            throw new UsageException($"-a: {assignment.Definition.Name} is for the configuration of servers and never goes on the wire. Leave it out.");
        }

        if (assignment.Operator is AttributeOperator.Equal or AttributeOperator.NotEqual)
        {
            throw new UsageException($"-a: {assignment.Definition.Name} is compared, not given. Give NAME=VALUE with one equals sign.");
        }

        // By its numbers, for Attr-80 is Message-Authenticator too.
        var name = AttributeDictionary.Default.TryGet(assignment.Definition.Path, out var known) ? known.Name : assignment.Definition.Name;
        return s_computed.Contains(name, StringComparer.Ordinal)
            ? throw new UsageException($"-a: {name} is computed from --user, --password, --method and the secret. Leave it out.")
            : assignment;
    }

    private static string Quoted(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var value = text[(equals + 1)..];
        return equals < 0 || value.IndexOfAny([' ', '\t', ',']) < 0 || value is ['"' or '\'', ..]
            ? text
            : $"{text[..equals]}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }
}
