using System.Text;
using NacGateway.Radius.Dictionary;

namespace NacGateway.Aaa;

/// <summary>
/// Users in the format of FreeRADIUS: a name and its check items on one line, reply items on the indented lines below, a comma behind
/// each line that another follows. Entries of a name and of DEFAULT count in the file's order; the first that matches is the last, unless
/// it says Fall-Through = Yes. What is not understood is an error, never passed over: it may be what keeps somebody out.
/// </summary>
internal sealed class FreeRadiusUsers
{
    private readonly string _path;
    private readonly List<(UserEntry Entry, string Where)> _entries = [];
    private readonly List<AttributeAssignment> _reply = [];
    private UserEntry? _current;
    private string _where = string.Empty;
    private string? _comma;
    private string? _endOfItems;

    private FreeRadiusUsers(string path) => _path = path;

    public static IReadOnlyList<UserEntry> Parse(string text, string path)
    {
        var users = new FreeRadiusUsers(path);
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            users.Read(line.TrimEnd(), $"{path}:{++number}");
        }

        users.Finish();
        users.CheckReach();
        return [.. users._entries.Select(entry => entry.Entry)];
    }

    private void Read(string line, string where)
    {
        if (line.Length == 0 || line.TrimStart().StartsWith('#'))
        {
            return;
        }

        if (!char.IsWhiteSpace(line[0]))
        {
            Finish();
            Begin(line, where);
            return;
        }

        if (_current is null)
        {
            throw new UserFileException($"{where}: reply items without a user. Begin the line of a user in its first column.");
        }

        if (_endOfItems is not null)
        {
            throw new UserFileException($"{_endOfItems}: the line has no comma at its end, yet reply items follow in the next. Put one there.");
        }

        var items = new UsersFileLine(line, where);
        foreach (var item in items.Read())
        {
            AddReply(item, where);
        }

        _comma = items.EndsWithComma ? where : null;
        _endOfItems = items.EndsWithComma ? null : where;
    }

    private void Begin(string line, string where)
    {
        if (line[0] == '$')
        {
            throw new UserFileException($"{where}: {line.Split(' ', '\t')[0]} is not understood. Put the entries of the other file here.");
        }

        var (name, rest) = Name(line, where);
        var items = new UsersFileLine(rest, where);
        var entry = new UserEntry { User = new AaaUser { Name = name } };
        foreach (var item in items.Read())
        {
            entry = Checked(entry, item, where);
        }

        if (items.EndsWithComma)
        {
            throw new UserFileException($"{where}: the check items of '{name}' end with a comma, but they stand on one line. Delete it; reply items follow on indented lines.");
        }

        if (entry.User is { Question: not AaaUser.DefaultQuestion, OneTimeCode: null })
        {
            throw new UserFileException($"{where}: '{name}' has a {UserFileDictionary.Question} but no code to ask for. Add {UserFileDictionary.OneTimeCode} := \"...\".");
        }

        (_current, _where, _endOfItems) = (entry, where, null);
    }

    private static UserEntry Checked(UserEntry entry, AttributeAssignment item, string where)
    {
        var name = item.Definition.Name;
        if (item.Operator is AttributeOperator.Equal or AttributeOperator.NotEqual && !item.Definition.IsInternal)
        {
            return RequestCondition.CanCompare(item.Definition)
                ? entry with { Conditions = [.. entry.Conditions, new RequestCondition(item)] }
                : throw new UserFileException($"{where}: {name} cannot be compared, being hidden, tagged or nested. Use {UserFileDictionary.Password} := for a password.");
        }

        if (!item.Definition.IsInternal || string.Equals(name, UserFileDictionary.FallThrough, StringComparison.Ordinal))
        {
            throw new UserFileException($"{where}: {name} is no check item with this operator. Compare it by ==, or put it among the reply items on an indented line.");
        }

        if (item.Operator != AttributeOperator.Set)
        {
            throw new UserFileException($"{where}: {name} takes the operator := only. Write {name} := value.");
        }

        var user = entry.User;
        return entry with
        {
            User = name switch
            {
                UserFileDictionary.Password => user with { Password = Text(item, where) },
                UserFileDictionary.AuthType => user with { Rejected = HasName(item, "Reject", where), Accepted = HasName(item, "Accept", where) },
                UserFileDictionary.OneTimeCode => user with { OneTimeCode = Text(item, where) },
                UserFileDictionary.Question => user with { Question = Text(item, where) },
                UserFileDictionary.PasswordExpired => user with { PasswordExpired = HasName(item, "Yes", where) },
                _ => throw new UserFileException($"{where}: check item {name} is not understood. Use {UserFileDictionary.Password} and {UserFileDictionary.AuthType}."),
            },
        };
    }

    private void AddReply(AttributeAssignment item, string where)
    {
        if (string.Equals(item.Definition.Name, UserFileDictionary.FallThrough, StringComparison.Ordinal) && item.Operator is AttributeOperator.Assign or AttributeOperator.Set)
        {
            _current = _current! with { FallsThrough = HasName(item, "Yes", where) };
        }
        else if (ReplyItems.Problem(item) is { } problem)
        {
            throw new UserFileException($"{where}: {problem}");
        }
        else if (_current!.User.Rejected && !ReplyItems.IsReplyMessage(item))
        {
            throw new UserFileException($"{where}: '{_current.User.Name}' is rejected, and a rejection carries Reply-Message only. Delete {item.Definition.Name}.");
        }
        else
        {
            _reply.Add(item);
        }
    }

    private void Finish()
    {
        if (_comma is not null)
        {
            throw new UserFileException($"{_comma}: the line ends with a comma, but no reply item follows. Delete the comma, or indent the next line.");
        }

        if (_current is null)
        {
            return;
        }

        if (ReplyItems.Octets(_reply) > ReplyItems.MaxOctets)
        {
            throw new UserFileException($"{_where}: the reply items of '{_current.User.Name}' take more than {ReplyItems.MaxOctets} octets, too many for one packet. Shorten or delete some.");
        }

        _entries.Add((_current with { User = _current.User with { Reply = [.. _reply] } }, _where));
        _reply.Clear();
        _current = null;
    }

    /// <summary>Finds entries that no request comes to, and such as let nobody in though they are the last word.</summary>
    private void CheckReach()
    {
        Dictionary<string, string> last = new(StringComparer.Ordinal);
        HashSet<string> decided = new(StringComparer.Ordinal);
        foreach (var (entry, where) in _entries)
        {
            var name = entry.User.Name;
            if (last.TryGetValue(UserEntry.Default, out var above) || last.TryGetValue(name, out above))
            {
                throw new UserFileException($"{where}: no request comes to this entry of '{name}', because the one at {above} is the last for it. Change their order, or add Fall-Through = Yes there.");
            }

            if (entry.FallsThrough)
            {
                decided.UnionWith(entry.Decides ? [name] : []);
                continue;
            }

            if (!entry.Decides && !decided.Contains(name) && !decided.Contains(UserEntry.Default) && !(entry.IsDefault && decided.Count > 0))
            {
                throw new UserFileException($"{where}: user '{name}' has no password. Add {UserFileDictionary.Password} := \"...\", or {UserFileDictionary.AuthType} := Reject, or Fall-Through = Yes.");
            }

            if (entry.Conditions.Count == 0)
            {
                last.TryAdd(name, where);
            }
        }
    }

    private static (string Name, string Items) Name(string line, string where)
    {
        if (line[0] == '"')
        {
            var quoted = new StringBuilder();
            for (var i = 1; i < line.Length; i++)
            {
                if (line[i] == '"')
                {
                    return quoted.Length > 0 && (i + 1 == line.Length || char.IsWhiteSpace(line[i + 1]))
                        ? (quoted.ToString(), line[(i + 1)..])
                        : throw new UserFileException($"{where}: a name in quotation marks is not empty, and a space follows it. Correct the name.");
                }

                i += line[i] == '\\' && i + 1 < line.Length && line[i + 1] is '"' or '\\' ? 1 : 0;
                quoted.Append(line[i]);
            }

            throw new UserFileException($"{where}: the name's quotation mark is not closed. Close it.");
        }

        var end = line.IndexOfAny([' ', '\t']);
        var name = end < 0 ? line : line[..end];
        return name.IndexOfAny([',', '"', '\'', '#']) < 0 && !name.Contains(":=", StringComparison.Ordinal)
            ? (name, line[name.Length..])
            : throw new UserFileException($"{where}: a user's name has a comma, quotation mark or operator in it. Put a space behind the name, or the name in double quotes.");
    }

    private static string Text(AttributeAssignment item, string where)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(item.Value.Span);
        }
        catch (ArgumentException exception)
        {
            throw new UserFileException($"{where}: {item.Definition.Name} is not UTF-8. Write its characters, not their octets.", exception);
        }
    }

    /// <summary>Whether the value is the one of that name; a number without a name is an error.</summary>
    private static bool HasName(AttributeAssignment item, string name, string where)
    {
        var number = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(item.Value.Span);
        return item.Definition.ValueNames.TryGetValue(number, out var known)
            ? string.Equals(known, name, StringComparison.Ordinal)
            : throw new UserFileException($"{where}: {number} means nothing as {item.Definition.Name}. Use {string.Join(" or ", item.Definition.ValueNames.Values)}.");
    }
}
