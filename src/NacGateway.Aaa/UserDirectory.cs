namespace NacGateway.Aaa;

/// <summary>The users that a server knows. Immutable.</summary>
public sealed class UserDirectory
{
    private const string Default = "DEFAULT";
    private readonly Dictionary<string, AaaUser> _users;

    /// <summary>A directory of these users; of two with one name the first counts.</summary>
    public UserDirectory(IEnumerable<AaaUser> users)
    {
        _users = users.GroupBy(user => user.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
    }

    /// <summary>How many users there are.</summary>
    public int Count => _users.Count;

    /// <summary>Reads a file: JSON by its extension or its first character, else the users format of FreeRADIUS.</summary>
    /// <exception cref="UserFileException">It cannot be read or understood.</exception>
    public static UserDirectory Load(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserFileException($"{path} cannot be read: {exception.Message}", exception);
        }

        var json = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || text.TrimStart().StartsWith('{');
        return new UserDirectory(json ? JsonUsers.Parse(text, path) : FreeRadiusUsers.Parse(text, path));
    }

    /// <summary>The entry of a name, or the one for all others.</summary>
    public AaaUser? Find(string name) => _users.GetValueOrDefault(name) ?? _users.GetValueOrDefault(Default);
}
