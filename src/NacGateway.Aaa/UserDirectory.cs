using System.Collections.Frozen;
using System.Text;
using NacGateway.Radius.Packets;

namespace NacGateway.Aaa;

/// <summary>The users that a server knows. Immutable.</summary>
public sealed class UserDirectory
{
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly FrozenDictionary<string, UserEntry[]> _byName;
    private readonly UserEntry[] _default;

    /// <summary>A directory of these users; of two with one name the first counts, and DEFAULT comes last wherever it stands.</summary>
    public UserDirectory(IEnumerable<AaaUser> users)
        : this([.. users.Select(user => new UserEntry { User = user }).OrderBy(entry => entry.IsDefault)])
    {
    }

    private UserDirectory(IReadOnlyList<UserEntry> entries)
    {
        _default = [.. entries.Where(entry => entry.IsDefault)];
        var placed = entries.Index().ToArray();
        var defaults = placed.Where(pair => pair.Item.IsDefault).ToArray();
        _byName = placed.Where(pair => !pair.Item.IsDefault).GroupBy(pair => pair.Item.User.Name, StringComparer.Ordinal).ToFrozenDictionary(
            own => own.Key,
            own => own.Concat(defaults).OrderBy(pair => pair.Index).Select(pair => pair.Item).ToArray(),
            StringComparer.Ordinal);
    }

    /// <summary>How many names there are, DEFAULT counted as one.</summary>
    public int Count => _byName.Count + Math.Min(1, _default.Length);

    /// <summary>The users by name, each as its first entry has it, DEFAULT left out.</summary>
    public IEnumerable<AaaUser> Users => _byName.OrderBy(own => own.Key, StringComparer.Ordinal).Select(own => own.Value.First(entry => !entry.IsDefault).User);

    /// <summary>Reads a file: JSON by its extension or its first character, else the users format of FreeRADIUS.</summary>
    /// <exception cref="UserFileException">It cannot be read or understood.</exception>
    public static UserDirectory Load(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path, s_strictUtf8);
        }
        catch (DecoderFallbackException exception)
        {
            throw new UserFileException($"{path}:1: the file is not UTF-8, so a name or password in it would be misread. Save it as UTF-8.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UserFileException($"{path} cannot be read: {exception.Message}", exception);
        }

        var json = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || text.TrimStart().StartsWith('{');
        return json ? new UserDirectory(JsonUsers.Parse(text, path)) : new UserDirectory(FreeRadiusUsers.Parse(text, path));
    }

    /// <summary>What the entries of a name and of DEFAULT say of a request, in the file's order; null when none speaks of it.</summary>
    /// <param name="name">User-Name.</param>
    /// <param name="request">The request's attributes, which check items are compared with.</param>
    public AaaUser? Find(string name, AttributeList request)
    {
        AaaUser? found = null;
        foreach (var entry in _byName.GetValueOrDefault(name) ?? _default)
        {
            if (!entry.Matches(request))
            {
                continue;
            }

            found = entry.Onto(found);
            if (!entry.FallsThrough)
            {
                break;
            }
        }

        return found;
    }
}
