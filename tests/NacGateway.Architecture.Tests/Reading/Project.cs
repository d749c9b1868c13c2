using System.Xml.Linq;

namespace NacGateway.Architecture.Tests.Reading;

/// <summary>One project file as written, before any property is evaluated.</summary>
internal sealed class Project
{
    private readonly XDocument _document;

    private Project(string path)
    {
        Path = path;
        _document = XDocument.Parse(Repository.Read(path));
    }

    /// <summary>Relative path with forward slashes.</summary>
    public string Path { get; }

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public IReadOnlyList<string> ProjectReferences =>
        [.. Includes("ProjectReference").Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/'))).Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> PackageReferences => [.. Includes("PackageReference").Order(StringComparer.Ordinal)];

    public bool StatesVersions =>
        _document.Descendants("PackageReference").Any(reference => reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null || reference.Element("Version") is not null);

    public static IReadOnlyList<Project> All { get; } =
        [.. new[] { "src", "migrations", "tests" }.SelectMany(folder => Repository.Files(folder, ".csproj")).Select(path => new Project(path))];

    private IEnumerable<string> Includes(string element) =>
        _document.Descendants(element).Select(reference => reference.Attribute("Include")?.Value ?? "").Where(include => include.Length > 0);
}
