namespace NacGateway.Radius.Dictionary;

/// <summary>The dictionary files inside this assembly.</summary>
internal static class EmbeddedDictionary
{
    public static string Open(string name)
    {
        using Stream stream = typeof(EmbeddedDictionary).Assembly.GetManifestResourceStream(Path.GetFileName(name)) ?? throw new FileNotFoundException($"The assembly has no dictionary {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
