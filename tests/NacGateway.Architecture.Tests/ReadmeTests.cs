using System.Text.RegularExpressions;
using NacGateway.Architecture.Tests.Reading;
using Xunit;

namespace NacGateway.Architecture.Tests;

/// <summary>README names paths, projects and packages; each must exist, and none that matters may be missing.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Every_path_exists()
    {
        var paths = Path().Matches(Repository.Read("README.md")).Select(match => match.Value.TrimEnd('/', '.')).Distinct(StringComparer.Ordinal).ToArray();

        Assert.Contains("src/NacGateway.Web", paths, StringComparer.Ordinal);
        Assert.Empty(paths.Where(path => !Repository.Exists(path)).ToArray());
    }

    [Fact]
    public void Every_product_project_is_in_the_layout()
    {
        var readme = Repository.Read("README.md");

        Assert.All(Project.All.Where(project => project.Path.StartsWith("src/", StringComparison.Ordinal)), project => Assert.Contains($"src/{project.Name} ", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_package_of_the_product_has_its_reason()
    {
        var dependencies = Repository.Read("README.md").Split("## Dependencies")[1].Split("\n## ")[0];
        string[] frameworkParts = ["Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.EntityFrameworkCore.Design"];

        var packages = Project.All.Where(project => !project.Path.StartsWith("tests/", StringComparison.Ordinal)).SelectMany(project => project.PackageReferences)
            .Except(frameworkParts, StringComparer.Ordinal);

        Assert.All(packages, package => Assert.Contains(package.Split('.') is ["Npgsql", ..] ? "Npgsql" : string.Join('.', package.Split('.').Take(2)), dependencies, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\b(src|tests|migrations|seeds)/[\w./-]*|appsettings\.example\.json", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Path();
}
