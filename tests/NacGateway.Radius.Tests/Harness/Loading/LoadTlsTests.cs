using System.Text.Json;
using NacGateway.Radius.Tests.RadSec;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness.Loading;

/// <summary><c>nac-harness load --tls</c>.</summary>
public sealed class LoadTlsTests
{
    private const string ServerName = "radius.example.org";

    [Fact]
    public async Task Sign_ins_and_records_share_one_connection_and_all_are_answered()
    {
        await using var rig = new RadSecRig();
        using var folder = new TemporaryFolder("load-tls");
        var server = rig.Serve();

        var run = await RunAsync(rig, folder, server.EndPoint.ToString(), "--tls-name", ServerName, "--mix", "pap=3,acct=1", "--count", "400", "--parallel", "32");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var summary = Summary(run);
        Assert.Equal((400, 300, 100, 0), (Count(summary, "sent"), Count(summary, "accepted"), Count(summary, "accounted"), Count(summary, "lost")));
    }

    [Fact]
    public async Task Server_of_another_name_is_not_believed_and_the_option_is_named()
    {
        await using var rig = new RadSecRig();
        using var folder = new TemporaryFolder("load-tls");
        var server = rig.Serve();

        var run = await RunAsync(rig, folder, server.EndPoint.ToString(), "--tls-name", "another.example.org", "--count", "3", "--timeout", "2");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("--tls-name", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, Count(Summary(run), "answered"));
    }

    private static Task<HarnessRun> RunAsync(RadSecRig rig, TemporaryFolder folder, string server, params string[] arguments)
    {
        var (certificate, key, authority) = rig.Pki.Write(folder, "load", rig.Pki.Issue("load", "load.example.org"));
        return HarnessRun.RunAsync(
            ["load", "--json", "--server", server, "--tls", "--tls-cert", certificate, "--tls-key", key, "--tls-ca", authority, "--user", "alice", "--password", "wonderland", .. arguments], secret: null);
    }

    private static JsonElement Summary(HarnessRun run) => JsonSerializer.Deserialize<JsonElement>(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);

    private static long Count(JsonElement summary, string name) => summary.GetProperty(name).GetInt64();
}
