using NacGateway.Radius.Dictionary;

namespace NacGateway.Aaa;

/// <summary>
/// Reads the items of one line of a users file: name, operator, value, commas between them, a comment at the end. What FreeRADIUS would
/// read otherwise than as these octets (expansions, programs, other operators) is an error: a user must not get what was not meant.
/// Messages never hold a value, which may be a password.
/// </summary>
internal sealed class UsersFileLine(string text, string where)
{
    private static readonly string[] s_operators = ["=", ":=", "+=", "==", "!="];
    private int _next;

    /// <summary>Whether a comma ends the line, so that another must follow.</summary>
    public bool EndsWithComma { get; private set; }

    public List<AttributeAssignment> Read()
    {
        List<AttributeAssignment> items = [];
        while (SkipToText())
        {
            items.Add(ReadOne());
            EndsWithComma = SkipToText() && text[_next] == ',';
            if (EndsWithComma)
            {
                _next++;
            }
            else if (SkipToText())
            {
                throw Error($"something follows {items[^1].Definition.Name} and its value. Put a comma between items, and a text of several words in quotes.");
            }
        }

        return items;
    }

    private AttributeAssignment ReadOne()
    {
        var name = ReadName();
        SkipToText();
        var comparison = Take(letter => "=:+!<>~*-^|".Contains(letter, StringComparison.Ordinal));
        while (comparison.EndsWith(':'))
        {
            // "=::1": the colons belong to the address.
            comparison = comparison[..^1];
            _next--;
        }

        if (!s_operators.Contains(comparison, StringComparer.Ordinal))
        {
            throw Error(comparison.Length == 0
                ? $"'{name}' is not followed by an operator and a value. Write {name} = value; a text of several words stands in quotes."
                : $"the operator '{comparison}' behind {name} is not understood. Use := and == before the reply items, and =, := or += among them.");
        }

        SkipToText();
        var item = $"{name} {comparison} {ReadValue(name)}";
        return AttributeAssignment.TryParse(item, UserFileDictionary.Names, out var assignment, out var error) ? assignment : throw Error(error + Remedy(name));
    }

    private static string Remedy(string name)
    {
        var bare = name.Split(':')[0];
        if (UserFileDictionary.Names.TryGet(bare, out _))
        {
            return " Correct the value or the tag.";
        }

        var near = UserFileDictionary.Names.Definitions.FirstOrDefault(known => known.Name.Contains(bare, StringComparison.OrdinalIgnoreCase) || bare.Contains(known.Name, StringComparison.OrdinalIgnoreCase));
        return near is null ? " Correct the name, or write it as Attr-26.VENDOR.TYPE with a value in 0x form." : $" Did you mean {near.Name}?";
    }

    private string ReadName()
    {
        var start = _next;
        while (_next < text.Length && (char.IsAsciiLetterOrDigit(text[_next]) || "-_./".Contains(text[_next], StringComparison.Ordinal)
            || (text[_next] == ':' && _next + 1 < text.Length && text[_next + 1] != '=')))
        {
            _next++;
        }

        return _next > start ? text[start.._next] : throw Error($"an attribute's name is expected where '{text[_next]}' stands. Write items as Name := value, with one comma between two.");
    }

    private string ReadValue(string name)
    {
        if (_next == text.Length)
        {
            throw Error($"{name} has no value. Write one behind the operator.");
        }

        switch (text[_next])
        {
            case '"' or '\'':
                return ReadQuoted(name, text[_next]);
            case '`':
                throw Error($"the value of {name} is a program, and none is run here. Write the value itself.");
            default:
                var word = Take(letter => letter is not (' ' or '\t' or ','));
                return word.Length > 0 && word.IndexOfAny(['"', '\'', '`', '\\', '(', ')', '{', '}', '#', ';', '%', '=']) < 0
                    ? word
                    : throw Error($"the value of {name} has characters with a meaning of their own. Put it in quotes.");
        }
    }

    private string ReadQuoted(string name, char quote)
    {
        var start = _next++;
        for (; _next < text.Length && text[_next] != quote; _next++)
        {
            if (text[_next] == '%' && quote == '"')
            {
                throw Error($"the value of {name} holds a %, which begins an expansion; none is made here. Put the text in single quotes, where % is only a sign.");
            }

            if (text[_next] != '\\')
            {
                continue;
            }

            _next++;
            if (quote == '\'' && _next < text.Length && text[_next] is not ('\'' or '\\'))
            {
                throw Error($"the value of {name} has a backslash in single quotes, where it escapes only ' and itself. Double it, or use double quotes.");
            }
        }

        return _next < text.Length ? text[start..++_next] : throw Error($"the quotation mark before the value of {name} is not closed on its line. Close it; a value stands on one line.");
    }

    private string Take(Func<char, bool> isPart)
    {
        var start = _next;
        while (_next < text.Length && isPart(text[_next]))
        {
            _next++;
        }

        return text[start.._next];
    }

    /// <summary>False at the end of the line; a comment is one.</summary>
    private bool SkipToText()
    {
        Take(char.IsWhiteSpace);
        if (_next < text.Length && text[_next] == '#')
        {
            _next = text.Length;
        }

        return _next < text.Length;
    }

    private UserFileException Error(string message) => new($"{where}: {message}");
}
