namespace NacGateway.TestKit;

/// <summary>Places in the working copy that the tests run from.</summary>
public static class Repository
{
    /// <summary>Folder of NacGateway.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Build and test output.</summary>
    public static string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>Build output of a project, in the configuration that the tests were built in.</summary>
    public static string OutputOf(string project)
        => Path.Combine(Artifacts, "bin", project, Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NacGateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"NacGateway.sln is in no folder above {AppContext.BaseDirectory}");
    }
}
