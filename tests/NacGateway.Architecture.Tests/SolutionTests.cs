using System.Text.Json;
using System.Xml.Linq;
using NacGateway.Architecture.Tests.Reading;
using Xunit;

namespace NacGateway.Architecture.Tests;

/// <summary>The house itself: what stands at the top, which projects are built, where versions are written.</summary>
public sealed class SolutionTests
{
    private static readonly string[] AllowedAtTheTop =
    [
        ".ci", ".editorconfig", ".gitattributes", ".gitignore", "BannedSymbols.txt", "Directory.Build.props", "Directory.Packages.props",
        "NacGateway.sln", "README.md", "appsettings.example.json", "dotnet-tools.json", "global.json", "migrations", "seeds", "src", "tests",
    ];

    [Fact]
    public void Nothing_new_stands_at_the_top() =>
        Assert.Empty(Repository.TopLevelEntries().Except(AllowedAtTheTop, StringComparer.Ordinal));

    [Fact]
    public void The_solution_builds_every_project()
    {
        var solution = Repository.Read("NacGateway.sln").Replace('\\', '/');

        Assert.NotEmpty(Project.All);
        Assert.All(Project.All, project => Assert.Contains($"\"{project.Path}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void A_project_is_named_as_its_folder() =>
        Assert.All(Project.All, project => Assert.Equal($"{project.Name}/{project.Name}.csproj", project.Path[(project.Path.IndexOf('/', StringComparison.Ordinal) + 1)..]));

    [Fact]
    public void No_project_states_a_package_version() =>
        Assert.DoesNotContain(Project.All, project => project.StatesVersions);

    [Fact]
    public void Every_central_package_version_is_used_and_exact()
    {
        var central = XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion").Where(version => version.Parent!.Attribute("Label")!.Value != "Build").ToArray();
        var used = Project.All.SelectMany(project => project.PackageReferences);

        Assert.Empty(central.Select(version => version.Attribute("Include")!.Value).Except(used, StringComparer.Ordinal));
        Assert.DoesNotContain(central, version => version.Attribute("Version")!.Value.AsSpan().ContainsAny('*', '[', '('));
    }

    [Fact]
    public void Every_project_has_its_lock_file() =>
        Assert.All(Project.All, project => Assert.True(Repository.Exists(Path.GetDirectoryName(project.Path) + "/packages.lock.json"), project.Path));

    [Fact]
    public void No_project_relaxes_the_build_rules()
    {
        string[] rules = ["TreatWarningsAsErrors", "Nullable", "LangVersion", "AnalysisLevel", "EnforceCodeStyleInBuild", "RunAnalyzers", "WarningsNotAsErrors"];

        var relaxed = Project.All.SelectMany(project => rules.Where(rule => Repository.Read(project.Path).Contains($"<{rule}>", StringComparison.Ordinal)).Select(rule => $"{project.Path}: {rule}"));

        Assert.Empty(relaxed);
    }

    [Fact]
    public void Methods_are_at_most_60_lines_by_a_rule_that_nobody_switches_off()
    {
        var rules = Repository.Lines(".editorconfig");
        var suppressions = Repository.Files("src", ".cs").Where(path => Repository.Read(path).Contains("MA0051", StringComparison.Ordinal));

        Assert.Contains("dotnet_diagnostic.MA0051.severity = warning", rules, StringComparer.Ordinal);
        Assert.Contains("MA0051.maximum_lines_per_method = 60", rules, StringComparer.Ordinal);
        Assert.Empty(suppressions);
    }

    [Fact]
    public void The_test_platform_and_the_sdk_are_pinned()
    {
        using var global = JsonDocument.Parse(Repository.Read("global.json"));

        Assert.StartsWith("10.0.", global.RootElement.GetProperty("sdk").GetProperty("version").GetString(), StringComparison.Ordinal);
        Assert.Equal("Microsoft.Testing.Platform", global.RootElement.GetProperty("test").GetProperty("runner").GetString());
    }
}
