using NacGateway.Architecture.Tests.Reading;
using Xunit;

namespace NacGateway.Architecture.Tests;

/// <summary>Who may reference whom: the table of the laws, and nothing beyond it.</summary>
public sealed class ReferenceGraphTests
{
    [Theory]
    [InlineData("NacGateway.Radius", "")]
    [InlineData("NacGateway.Aaa", "NacGateway.Radius")]
    [InlineData("NacGateway.Core", "NacGateway.Radius")]
    [InlineData("NacGateway.Migrations.Sqlite", "NacGateway.Core")]
    [InlineData("NacGateway.Migrations.PostgreSql", "NacGateway.Core")]
    [InlineData("NacGateway.Web", "NacGateway.Aaa NacGateway.Core NacGateway.Migrations.PostgreSql NacGateway.Migrations.Sqlite")]
    [InlineData("NacGateway.Harness", "NacGateway.Aaa NacGateway.Radius")]
    public void A_project_references_only_what_the_law_names(string name, string allowed)
    {
        var project = Project.All.Single(candidate => candidate.Name == name);

        Assert.Empty(project.ProjectReferences.Except(allowed.Split(' '), StringComparer.Ordinal));
    }

    [Fact]
    public void Every_product_project_has_a_law()
    {
        var known = typeof(ReferenceGraphTests).GetMethod(nameof(A_project_references_only_what_the_law_names))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>().Select(data => (string)data.Data[0]!);

        var projects = Project.All.Where(project => !project.Path.StartsWith("tests/", StringComparison.Ordinal)).Select(project => project.Name);

        Assert.Equal(known.Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("Npgsql", "NacGateway.Migrations.PostgreSql")]
    [InlineData("Sqlite", "NacGateway.Migrations.Sqlite")]
    [InlineData("BouncyCastle", "NacGateway.Radius")]
    [InlineData("Yarp", "NacGateway.Web")]
    public void A_package_is_referenced_by_its_one_project_alone(string package, string owner)
    {
        var users = Project.All
            .Where(project => !project.Path.StartsWith("tests/", StringComparison.Ordinal))
            .Where(project => project.PackageReferences.Any(reference => reference.Contains(package, StringComparison.OrdinalIgnoreCase)))
            .Select(project => project.Name);

        Assert.Equal(owner, Assert.Single(users));
    }

    [Theory]
    [InlineData("NacGateway.Radius")]
    [InlineData("NacGateway.Aaa")]
    [InlineData("NacGateway.Core")]
    [InlineData("nac-harness")]
    public void Below_the_web_nothing_knows_http_servers(string assembly)
    {
        using var file = new BuiltAssembly(assembly);

        Assert.DoesNotContain(file.Uses(), use => use.ToAssembly.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    [Fact]
    public void The_web_uses_the_aaa_server_in_the_demo_only()
    {
        using var web = new BuiltAssembly("nacgateway");

        var strays = web.Uses()
            .Where(use => use.ToAssembly == "NacGateway.Aaa" && !use.FromNamespace.StartsWith("NacGateway.Web.Hosting.Demo", StringComparison.Ordinal))
            .Select(use => $"{use.From} uses {use.To}");

        Assert.Empty(strays);
    }
}
