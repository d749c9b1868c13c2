namespace NacGateway.TestKit;

/// <summary>A folder of its own for one test, removed with all that is in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Makes the folder; the name begins with <paramref name="purpose"/>, so that a leftover tells where it came from.</summary>
    public TemporaryFolder(string purpose = "test") => FullName = Directory.CreateTempSubdirectory($"nacgateway-{purpose}-").FullName;

    /// <summary>Absolute path.</summary>
    public string FullName { get; }

    /// <summary>Path of a file or folder inside.</summary>
    public string this[string name] => Path.Combine(FullName, name);

    /// <summary>Writes a text file inside, with its folders, and returns its path.</summary>
    public string Write(string name, string text)
    {
        var path = this[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(FullName, recursive: true);
        }
        catch (IOException)
        {
            // A process that was killed may still write; a leftover in the temporary folder harms nobody.
        }
        catch (UnauthorizedAccessException)
        {
            // The same, for a folder that another user's process owns.
        }
    }
}
