using NacGateway.Architecture.Tests.Reading;
using Xunit;

namespace NacGateway.Architecture.Tests;

/// <summary>Within an assembly a folder uses only those named before it: read from the IL, so that no alias or global using hides a use.</summary>
public sealed class FolderOrderTests
{
    [Theory]
    [InlineData("NacGateway.Radius", "NacGateway.Radius", "Packets Crypto Dictionary Attributes Transport RadSec Client Server")]
    [InlineData("NacGateway.Core", "NacGateway.Core", "Storage Audit Policy Accounting Sessions Enforcement Authentication Coa Administration Insight")]
    [InlineData("nacgateway", "NacGateway.Web", "Observability Gate Portal Desk Api Admin Hosting")]
    public void A_folder_uses_only_those_before_it(string assembly, string root, string order)
    {
        var folders = order.Split(' ');
        using var file = new BuiltAssembly(assembly);

        var against = file.Uses()
            .Where(use => use.ToAssembly == assembly)
            .Select(use => (use.From, use.To, User: Rank(use.FromNamespace, root, folders), Used: Rank(use.ToNamespace, root, folders)))
            .Where(use => use.User < use.Used && use.Used < folders.Length)
            .Select(use => $"{use.From} uses {use.To}, which stands above it");

        Assert.Empty(against);
    }

    [Theory]
    [InlineData("NacGateway.Radius", "NacGateway.Radius", "Packets Crypto Dictionary Attributes Transport RadSec Client Server")]
    [InlineData("NacGateway.Core", "NacGateway.Core", "Storage Audit Policy Accounting Sessions Enforcement Authentication Coa Administration Insight")]
    [InlineData("nacgateway", "NacGateway.Web", "Observability Gate Portal Desk Api Admin Hosting")]
    public void Every_type_lives_in_a_folder_that_has_a_place(string assembly, string root, string order)
    {
        var folders = order.Split(' ');
        using var file = new BuiltAssembly(assembly);

        var homeless = file.Metadata.TypeDefinitions.Select(file.Metadata.GetTypeDefinition)
            .Where(type => !type.IsNested)
            .Select(type => (Namespace: file.Metadata.GetString(type.Namespace), Name: file.Metadata.GetString(type.Name)))
            .Where(type => type.Namespace.StartsWith(root, StringComparison.Ordinal))
            .Where(type => Rank(type.Namespace, root, folders) == folders.Length && !IsRegistration(type.Namespace, type.Name, root))
            .Select(type => $"{type.Namespace}.{type.Name}");

        Assert.Empty(homeless);
    }

    [Fact]
    public void The_reader_sees_a_use_inside_a_method_body()
    {
        using var own = new BuiltAssembly("NacGateway.Architecture.Tests");

        Assert.Contains(own.Uses(), use => use.From.EndsWith(nameof(FolderOrderTests), StringComparison.Ordinal) && use.To.EndsWith(nameof(BuiltAssembly), StringComparison.Ordinal));
    }

    /// <summary>Position in the order. Above all: types of the root itself, which compose the folders.</summary>
    private static int Rank(string @namespace, string root, string[] folders)
    {
        if (!@namespace.StartsWith(root + ".", StringComparison.Ordinal))
        {
            return folders.Length;
        }

        var folder = @namespace[(root.Length + 1)..].Split('.')[0];
        var rank = Array.IndexOf(folders, folder);
        return rank < 0 ? folders.Length : rank;
    }

    /// <summary>The one class at an assembly's root is its registration.</summary>
    private static bool IsRegistration(string @namespace, string name, string root) =>
        @namespace == root && (name.EndsWith("Services", StringComparison.Ordinal) || name.EndsWith("Startup", StringComparison.Ordinal));
}
