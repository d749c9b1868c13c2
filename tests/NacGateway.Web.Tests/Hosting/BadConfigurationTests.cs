using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>A wrong configuration: every error in one run, each with key and remedy, exit code 2.</summary>
public sealed class BadConfigurationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("check")]
    [InlineData("serve")]
    public async Task All_errors_are_reported_at_once(string command)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "appsettings.json"), """
            {
              // comments are allowed
              "Admin": { "Lissten": "127.0.0.1:8082", "Listen": "here" },
              "Limits": { "Connections": "many", "ConnectionsPerClient": 0 },
              "Logging": { "Format": "Xml" },
              "Radius": { "Srvers": [] }
            }
            """, Cancellation);

        var (exitCode, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, command);

        Assert.Equal(2, exitCode);
        Assert.All(
            ["Did you mean Admin:Listen?", "Admin:Listen 'here'", "Limits:Connections is 'many'", "ConnectionsPerClient", "Logging:Format is 'Xml'. Write one of Plain, Json", "Did you mean Radius:Servers?"],
            error => Assert.Contains(error, output, StringComparison.Ordinal));
        Assert.Contains("6 errors in the configuration", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Admin:Lisen=x", "Did you mean Admin:Listen?")]
    [InlineData("--Sessions:IntrimInterval=1", "Did you mean Sessions:InterimInterval?")]
    [InlineData("--MaxPerUser:X=1", "MaxPerUser is no key of the gateway")]
    [InlineData("--Coa:Clients:0:Sekret=x", "Did you mean Coa:Clients:0:Secret?")]
    [InlineData("--Radius:Servers:main:Host=x", "Radius:Servers:main is no key")]
    [InlineData("--AllowedHosts:X=1", "AllowedHosts is no key")]
    public async Task An_unknown_key_is_refused_with_the_nearest_known_one(string setting, string expected)
    {
        var (exitCode, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, "check", setting);

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_environment_variable_of_ours_is_refused()
    {
        var (exitCode, output) = await GatewayProgram.RunAsync(
            _folder.FullName, new Dictionary<string, string?>(StringComparer.Ordinal) { ["NACGATEWAY__ADMIN__LISENT"] = "x" }, ["check"], Cancellation);

        Assert.Equal(2, exitCode);
        Assert.Contains("Did you mean Admin:Listen?", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_json_is_named_with_the_place_of_the_error()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "wrong.json"), "{ \"Gate\": ", Cancellation);

        var (exitCode, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, "check", "--config", "wrong.json");

        Assert.Equal(2, exitCode);
        Assert.Contains("wrong.json cannot be read", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_never_shown_in_an_error()
    {
        var (_, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, "check", "--Radius:Servers:0:Secret=zq7NEEDLEsec", "--Radius:Servers:0:Secret:0=zq7NEEDLEsec", "--Radius:Servers:0:Prio=1");

        Assert.DoesNotContain("NEEDLE", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_a_later_release_is_accepted_with_a_warning()
    {
        var (_, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, "check", "--Coa:Listen=0.0.0.0:3799", "--Sessions:InterimInterval=00:10:00");

        Assert.Contains("warning: Coa:Listen has no effect in this release", output, StringComparison.Ordinal);
        Assert.Contains("warning: Sessions:InterimInterval has no effect in this release", output, StringComparison.Ordinal);
        Assert.DoesNotContain("is no key", output, StringComparison.Ordinal);
    }
}
