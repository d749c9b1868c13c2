using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary><c>check</c> names files with secrets that others may read, and no others.</summary>
public sealed class FileModesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("modes");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("644", "600", "The configuration file")]
    [InlineData("640", "604", "Radius:Servers:0:SecretFile")]
    [InlineData("660", "400", "The configuration file")]
    [InlineData("640", "640", null)]
    [InlineData("600", "600", null)]
    public async Task Files_that_others_may_read_are_warned_of(string settingsMode, string secretMode, string? expected)
    {
        var secret = _folder.Write("secret", "a-secret-of-enough-octets");
        var settings = _folder.Write("settings.json", $$"""{ "Radius": { "Servers": [ { "Name": "main", "Host": "127.0.0.1", "SecretFile": "{{secret}}" } ] } }""");
        await ChildProcess.RunAsync("/bin/chmod", [settingsMode, settings], Cancel);
        await ChildProcess.RunAsync("/bin/chmod", [secretMode, secret], Cancel);

        var (exitCode, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancel, "check", "--config", settings);

        Assert.Equal(0, exitCode);
        string[] warnings = [.. output.Split('\n').Where(line => line.Contains("has mode", StringComparison.Ordinal))];
        Assert.Equal(expected is null ? 0 : 1, warnings.Length);
        Assert.All(warnings, line => Assert.Contains(expected!, line, StringComparison.Ordinal));
    }
}
