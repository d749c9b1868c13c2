namespace NacGateway.Architecture.Tests.Reading;

/// <summary>The working copy that the tests judge: found by walking up from the test's own folder to the solution file.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = [".git", ".idea", ".vs", ".vscode", "artifacts", "bin", "BenchmarkDotNet.Artifacts", "data", "node_modules", "obj", "TestResults"];

    /// <summary>Folder of the solution file.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Files below a folder with one of the extensions, build output left out, as paths relative to <see cref="Root"/> with forward slashes.</summary>
    public static IReadOnlyList<string> Files(string folder, params string[] extensions)
    {
        var start = Path.Combine(Root, folder);
        return Directory.Exists(start)
            ? [.. Walk(start).Where(file => extensions.Length == 0 || extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal)).Select(Relative).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Names of the entries at the top, without what builds and tools leave there.</summary>
    public static IReadOnlyList<string> TopLevelEntries() =>
        [.. Directory.EnumerateFileSystemEntries(Root).Select(entry => Path.GetFileName(entry)).Except(NotOurs, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public static string Read(string relativePath) => File.ReadAllText(Path.Combine(Root, relativePath));

    public static string[] Lines(string relativePath) => File.ReadAllLines(Path.Combine(Root, relativePath));

    public static bool Exists(string relativePath)
    {
        var path = Path.Combine(Root, relativePath);
        return File.Exists(path) || Directory.Exists(path);
    }

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return file;
        }

        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            if (NotOurs.Contains(Path.GetFileName(child), StringComparer.Ordinal))
            {
                continue;
            }

            foreach (var file in Walk(child))
            {
                yield return file;
            }
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NacGateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"NacGateway.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
