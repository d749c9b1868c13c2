using System.Globalization;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Dictionary;

/// <summary>Reads dictionary files line by line into tables. The first thing it cannot understand ends it, with file and line.</summary>
internal sealed class DictionaryParser(DictionaryTables tables, Func<string, string> open)
{
    private const int MaxDepth = 16;
    private const uint VendorSpecific = 26;

    /// <summary>What numbers of ATTRIBUTE lines are relative to: empty, a vendor or a TLV.</summary>
    private readonly Stack<Scope> _scopes = [];
    private readonly List<string> _open = [];
    private string _file = "";
    private int _line;

    public void ReadFile(string name)
    {
        string text = open(name);
        (string outerFile, int outerLine, int scopes) = (_file, _line, _scopes.Count);
        _open.Add(name);
        _file = name;
        _line = 0;
        foreach (string line in text.Split('\n'))
        {
            _line++;
            int comment = line.IndexOf('#', StringComparison.Ordinal);
            string[] words = (comment < 0 ? line : line[..comment]).Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length != 0)
            {
                ReadLine(words);
            }
        }

        if (_scopes.Count > scopes)
        {
            throw Error($"{_scopes.Peek().Name} is not closed at the end of the file.");
        }

        _open.RemoveAt(_open.Count - 1);
        (_file, _line) = (outerFile, outerLine);
    }

    private void ReadLine(string[] words)
    {
        switch (words[0].ToUpperInvariant())
        {
            case "ATTRIBUTE":
                Expect(words, 4, 5);
                ReadAttribute(words);
                break;
            case "VALUE":
                Expect(words, 4, 4);
                ReadValue(words);
                break;
            case "VENDOR":
                Expect(words, 3, 4);
                ReadVendor(words);
                break;
            case "BEGIN-VENDOR":
                Expect(words, 2, 3);
                _scopes.Push(new Scope(words[1], VendorPath(words)));
                break;
            case "BEGIN-TLV":
                Expect(words, 2, 2);
                _scopes.Push(new Scope(words[1], TlvPath(words[1])));
                break;
            case "END-VENDOR" or "END-TLV":
                Expect(words, 2, 2);
                Close(words[1]);
                break;
            case "$INCLUDE" or "$INCLUDE-":
                Expect(words, 2, 2);
                Include(words[1], isOptional: words[0].EndsWith('-'));
                break;
            default:
                throw Error($"'{words[0]}' is no keyword of a dictionary.");
        }
    }

    private void ReadAttribute(string[] words)
    {
        string name = words[1];
        (RadiusDataType type, int fixedLength) = ReadType(words[3]);
        List<uint> path = _scopes.Count == 0 ? [] : [.. _scopes.Peek().Path];
        var flags = new AttributeFlags();
        foreach (string flag in words.Length > 4 ? words[4].Split(',', StringSplitOptions.RemoveEmptyEntries) : [])
        {
            if (string.Equals(flag, "concat", StringComparison.OrdinalIgnoreCase))
            {
                type = RadiusDataType.Concat;
            }
            else if (_scopes.Count == 0 && tables.Vendors.TryGetValue(flag, out uint vendor))
            {
                path = [VendorSpecific, vendor];
            }
            else if (!flags.TryAdd(flag))
            {
                throw Error($"'{flag}' is no flag of an attribute.");
            }
        }

        path.AddRange(words[2].Split('.').Select(part => ReadNumber(part, "a number of an attribute")));
        if (path.Count > 1 && (path[0] > byte.MaxValue || path[^1] > byte.MaxValue))
        {
            throw Error($"{AttributeDefinition.FormatOid(path)} does not fit an attribute.");
        }

        var definition = new AttributeDefinition
        {
            Name = name,
            Path = path,
            Type = type,
            FixedLength = fixedLength,
            HasTag = flags.HasTag,
            Encryption = flags.Encryption,
            IsSecret = flags.IsSecret || flags.Encryption != AttributeEncryption.None,
        };
        if (tables.ByName.TryGetValue(name, out AttributeDefinition? other) && !string.Equals(other.Oid, definition.Oid, StringComparison.Ordinal))
        {
            throw Error($"{name} is {other.Oid} already.");
        }

        tables.ByName[name] = definition;
        tables.ByOid[definition.Oid] = definition;
    }

    private void ReadValue(string[] words)
    {
        if (!tables.ByName.TryGetValue(words[1], out AttributeDefinition? attribute))
        {
            throw Error($"There is no attribute {words[1]} to have a value.");
        }

        if (!attribute.AddValue(words[2], ReadNumber(words[3], "a value")))
        {
            throw Error($"{words[2]} is another value of {words[1]} already.");
        }
    }

    private void ReadVendor(string[] words)
    {
        uint id = ReadNumber(words[2], "a vendor's number");
        if (words.Length > 3 && !string.Equals(words[3], "format=1,1", StringComparison.OrdinalIgnoreCase))
        {
            throw Error($"'{words[3]}' is a layout that is not supported; only format=1,1 is.");
        }

        if (tables.Vendors.TryGetValue(words[1], out uint other) && other != id)
        {
            throw Error($"{words[1]} is vendor {other} already.");
        }

        tables.Vendors[words[1]] = id;
        tables.VendorNames.TryAdd(id, words[1]);
    }

    private List<uint> VendorPath(string[] words)
    {
        if (_scopes.Count != 0)
        {
            throw Error($"{_scopes.Peek().Name} must be closed before.");
        }

        if (!tables.Vendors.TryGetValue(words[1], out uint vendor))
        {
            throw Error($"There is no vendor {words[1]}.");
        }

        if (words.Length == 2)
        {
            return [VendorSpecific, vendor];
        }

        string[] option = words[2].Split('=');
        if (option is [("format" or "parent"), _] && tables.ByName.TryGetValue(option[1], out AttributeDefinition? space) && space.Type == RadiusDataType.ExtendedVendorSpecific)
        {
            return [.. space.Path, vendor];
        }

        throw Error($"'{words[2]}' does not name an attribute of type evs.");
    }

    private List<uint> TlvPath(string name) =>
        tables.ByName.TryGetValue(name, out AttributeDefinition? attribute) && attribute.Type == RadiusDataType.Tlv
            ? [.. attribute.Path]
            : throw Error($"{name} is not an attribute of type tlv.");

    private void Close(string name)
    {
        if (_scopes.Count == 0 || !string.Equals(_scopes.Peek().Name, name, StringComparison.OrdinalIgnoreCase))
        {
            throw Error($"{name} is not what is open here.");
        }

        _scopes.Pop();
    }

    private void Include(string name, bool isOptional)
    {
        string path = Path.Combine(Path.GetDirectoryName(_file) ?? "", name);
        if (_open.Contains(path) || _open.Count >= MaxDepth)
        {
            throw Error($"{name} includes itself, or files are nested deeper than {MaxDepth}.");
        }

        try
        {
            ReadFile(path);
        }
        catch (IOException) when (isOptional)
        {
            // A file of the site's own that need not exist.
        }
        catch (IOException e)
        {
            throw Error($"{name} cannot be read: {e.Message}");
        }
    }

    private (RadiusDataType Type, int FixedLength) ReadType(string word)
    {
        int bracket = word.IndexOf('[', StringComparison.Ordinal);
        int fixedLength = bracket >= 0 && word.EndsWith(']') ? (int)ReadNumber(word[(bracket + 1)..^1], "a length") : 0;
        if (!DictionaryTypes.TryGet(bracket < 0 ? word : word[..bracket], out RadiusDataType type))
        {
            throw Error($"'{word}' is no type of an attribute.");
        }

        return (type, fixedLength);
    }

    private uint ReadNumber(string text, string what)
    {
        bool isRead = DictionaryNumber.TryParse(text, out uint number);
        return isRead ? number : throw Error($"'{text}' is not {what}.");
    }

    private void Expect(string[] words, int least, int most)
    {
        if (words.Length < least || words.Length > most)
        {
            throw Error(string.Create(CultureInfo.InvariantCulture, $"{words[0]} takes {least - 1} to {most - 1} words, not {words.Length - 1}."));
        }
    }

    private DictionaryFormatException Error(string message) => new(_file, _line, message);

    private sealed record Scope(string Name, IReadOnlyList<uint> Path);
}
