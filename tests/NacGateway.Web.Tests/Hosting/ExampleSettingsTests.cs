using Microsoft.Extensions.Configuration;
using NacGateway.TestKit;
using NacGateway.Web.Hosting.Configuration;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>appsettings.example.json is documentation that can be run: complete, without a wrong key, and accepted as it stands.</summary>
public sealed class ExampleSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_key_is_in_it()
    {
        var shown = Load().AsEnumerable().Where(pair => pair.Value is not null).Select(pair => pair.Key).ToArray();

        // N stands for a list's number or a dictionary's name.
        var missing = new KeySchema().Keys.Where(key => !shown.Any(candidate => Matches(candidate.Split(':'), key.Split(':'))));

        Assert.Empty(missing);
    }

    [Fact]
    public void No_key_in_it_is_unknown()
    {
        List<string> errors = [];

        new KeySchema().Check(Load(), errors);

        Assert.Empty(errors);
    }

    [Fact]
    public async Task It_passes_the_check_of_the_program_as_it_stands()
    {
        File.Copy(Path.Combine(Root(), "appsettings.example.json"), Path.Combine(_folder.FullName, "appsettings.json"));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "secrets"));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "seeds"));
        File.Copy(Path.Combine(Root(), "seeds", "probes.json"), Path.Combine(_folder.FullName, "seeds", "probes.json"));
        File.Copy(Path.Combine(Root(), "seeds", "policies.json"), Path.Combine(_folder.FullName, "seeds", "policies.json"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "secrets", "radius-main"), "a secret of more than sixteen octets", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "secrets", "coa-second"), "a secret of more than sixteen octets", Cancellation);

        using var pki = new TestPki();
        var (_, _, authority) = pki.Write(_folder, "secrets/radsec", pki.Issue("gateway", "gateway.example.org"));
        File.Copy(authority, _folder["secrets/radsec-ca.pem"]);

        var (exitCode, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, "check");

        Assert.DoesNotContain("error:", output, StringComparison.Ordinal);
        Assert.NotEqual(2, exitCode);
    }

    private static IConfigurationRoot Load() => new ConfigurationBuilder().AddJsonFile(Path.Combine(Root(), "appsettings.example.json")).Build();

    private static bool Matches(string[] candidate, string[] key) =>
        candidate.Length == key.Length && candidate.Zip(key).All(pair => pair.Second == "N" || pair.First == pair.Second);

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NacGateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The solution is in no folder above the tests.");
    }
}
