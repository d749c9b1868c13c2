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
              "Storage": { "Provider": "Oracle" },
              "Gate": { "Lissten": "0.0.0.0:8080", "ConnectTimeout": "soon", "TrustedProxies": [ "nobody" ] },
              "Portal": { "Listen": "127.0.0.1:8082", "ContinueUrl": "javascript:alert(1)" },
              "Radius": { "Servers": [ { "Name": "main", "Host": "192.0.2.1" } ] }
            }
            """, Cancellation);

        var (exitCode, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, command);

        Assert.Equal(2, exitCode);
        Assert.All(
            ["Storage:Provider is 'Oracle'. Write one of Sqlite, PostgreSql", "Did you mean Gate:Listen?", "Gate:ConnectTimeout is 'soon'", "Gate:TrustedProxies:0 'nobody'", "Portal:ContinueUrl", "Admin:Listen 127.0.0.1:8082 is the port of Portal:Listen", "Radius:Servers:0"],
            error => Assert.Contains(error, output, StringComparison.Ordinal));
        Assert.Contains("7 errors in the configuration", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Gate:Lisen=x", "Did you mean Gate:Listen?")]
    [InlineData("--Sessions:MaxPerUsr=1", "Did you mean Sessions:MaxPerUser?")]
    [InlineData("--MaxPerUser:X=1", "MaxPerUser is no key of the gateway")]
    [InlineData("--Radius:Servers:0:Sekret=x", "Did you mean Radius:Servers:0:Secret?")]
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
            _folder.FullName, new Dictionary<string, string?>(StringComparer.Ordinal) { ["NACGATEWAY__GATE__LISENT"] = "x" }, ["check"], Cancellation);

        Assert.Equal(2, exitCode);
        Assert.Contains("Did you mean Gate:Listen?", output, StringComparison.Ordinal);
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
    public async Task A_key_of_the_kernels_part_is_known_and_one_with_a_slip_is_not()
    {
        var (_, known) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, "check", "--Enforcement:LanInterfaces:0=lan0");
        var (_, slip) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, "check", "--Enforcement:LanInterface:0=lan0");

        Assert.DoesNotContain("is no key", known, StringComparison.Ordinal);
        Assert.Contains("Enforcement:LanInterface is no key of the gateway. Did you mean Enforcement:LanInterfaces?", slip, StringComparison.Ordinal);
    }
}
