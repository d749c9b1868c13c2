using System.Text;
using NacGateway.Radius.Dictionary;

namespace NacGateway.Aaa;

/// <summary>
/// Users in the format of FreeRADIUS: a name and its check items on one line, reply items on the indented lines below. Of the check
/// items Cleartext-Password and Auth-Type are understood; any other is an error rather than a user who gets more than was meant.
/// </summary>
internal static class FreeRadiusUsers
{
    public static IReadOnlyList<AaaUser> Parse(string text, string path)
    {
        List<AaaUser> users = [];
        AaaUser? current = null;
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.TrimEnd('\r', ' ', '\t');
            var where = $"{path}:{number}";
            if (line.Trim().Length == 0 || line.TrimStart().StartsWith('#'))
            {
                continue;
            }

            if (!char.IsWhiteSpace(line[0]))
            {
                if (current is not null)
                {
                    users.Add(current);
                }

                current = Begin(line, where);
            }
            else if (current is null)
            {
                throw new UserFileException($"{where}: reply items without a user. Begin the line of a user in its first column.");
            }
            else
            {
                current = WithReply(current, Assignments(line.Trim().TrimEnd(','), where));
            }
        }

        if (current is not null)
        {
            users.Add(current);
        }

        return users;
    }

    private static AaaUser Begin(string line, string where)
    {
        var (name, rest) = Name(line, where);
        var user = new AaaUser { Name = name };
        foreach (var check in Assignments(rest, where))
        {
            var value = Encoding.UTF8.GetString(check.Value.Span);
            user = check.Definition.Name switch
            {
                "Cleartext-Password" => user with { Password = value },
                "Auth-Type" => check.ToString().EndsWith("Reject", StringComparison.OrdinalIgnoreCase) ? user with { Rejected = true } : user,
                var other => throw new UserFileException($"{where}: check item {other} is not understood. Use Cleartext-Password and Auth-Type."),
            };
        }

        return user.Password is null && !user.Rejected
            ? throw new UserFileException($"{where}: user '{name}' has no password. Add Cleartext-Password := \"...\", or Auth-Type := Reject.")
            : user;
    }

    private static AaaUser WithReply(AaaUser user, IReadOnlyList<AttributeAssignment> items)
    {
        // A rejection has no attributes but its message.
        var message = items.FirstOrDefault(item => string.Equals(item.Definition.Name, "Reply-Message", StringComparison.Ordinal));
        return user.Rejected && message is not null
            ? user with { RejectMessage = Encoding.UTF8.GetString(message.Value.Span) }
            : user with { Reply = [.. user.Reply, .. items] };
    }

    private static (string Name, string Items) Name(string line, string where)
    {
        if (line[0] != '"')
        {
            var end = line.IndexOfAny([' ', '\t']);
            return end < 0 ? (line, string.Empty) : (line[..end], line[end..].Trim());
        }

        var close = line.IndexOf('"', 1);
        return close < 0 ? throw new UserFileException($"{where}: the name's quotation mark is not closed.") : (line[1..close], line[(close + 1)..].Trim());
    }

    private static IReadOnlyList<AttributeAssignment> Assignments(string text, string where)
    {
        if (text.Length == 0)
        {
            return [];
        }

        return AttributeAssignment.TryParseList(text, AttributeDictionary.Default, out var assignments, out var error)
            ? assignments
            : throw new UserFileException($"{where}: {error}");
    }
}
