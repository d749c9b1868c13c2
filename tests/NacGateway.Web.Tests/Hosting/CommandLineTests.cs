using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>Usage: commands, help, version and exit codes of the real program.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Help_names_every_command_and_where_settings_come_from()
    {
        var (exitCode, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, "--help");

        Assert.Equal(0, exitCode);
        Assert.All(["serve", "demo", "check", "discovery", "migrate", "seed", "backup", "restore", "enforcement", "policy", "admin", "--config", "NACGATEWAY__SECTION__KEY"], word => Assert.Contains(word, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("serve", "--config")]
    [InlineData("demo", "--fresh")]
    [InlineData("check", "exit code 2")]
    [InlineData("discovery", "--server")]
    [InlineData("migrate", "schema")]
    [InlineData("backup", "--force")]
    [InlineData("restore", "must not run")]
    [InlineData("enforcement plan", "Nothing is changed")]
    [InlineData("policy apply", "seeds/policies.json")]
    [InlineData("policy test", "--attr")]
    [InlineData("admin add", "NAME")]
    public async Task A_command_explains_itself(string command, string expected)
    {
        var (exitCode, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, [.. command.Split(' '), "--help"]);

        Assert.Equal(0, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_printed()
    {
        var (exitCode, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, "--version");

        Assert.Equal(0, exitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", output);
    }

    [Theory]
    [InlineData("admin add joe --role Emperor", "Emperor")]
    [InlineData("bogus", "'bogus' is neither a command")]
    [InlineData("backup", "Required argument missing for command: 'backup'")]
    [InlineData("serve --colour", "'--colour' is neither")]
    [InlineData("serve --Gate:Listen", "--Gate:Listen has no value")]
    public async Task Wrong_usage_ends_with_2_and_says_what_is_wrong(string arguments, string expected)
    {
        var (exitCode, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, arguments.Split(' '));

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--urls http://127.0.0.1:5000")]
    [InlineData("serve --urls=http://127.0.0.1:5000")]
    public async Task Urls_is_refused_and_the_listeners_settings_are_named(string arguments)
    {
        var (exitCode, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, arguments.Split(' '));

        Assert.Equal(2, exitCode);
        Assert.Contains("--urls is refused", output, StringComparison.Ordinal);
        Assert.All(["Gate:Listen", "Portal:Listen", "Portal:ListenHttps", "Admin:Listen"], key => Assert.Contains(key, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Urls_in_the_environment_is_refused()
    {
        var (exitCode, output) = await GatewayProgram.RunAsync(
            _folder.FullName, new Dictionary<string, string?>(StringComparer.Ordinal) { ["ASPNETCORE_URLS"] = "http://127.0.0.1:5000" }, ["serve"], Cancellation);

        Assert.Equal(2, exitCode);
        Assert.Contains("ASPNETCORE_URLS is refused", output, StringComparison.Ordinal);
    }
}
