using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary>Accounting of <c>nac-harness aaa</c>, reported to by FreeRADIUS' radclient and by our own client.</summary>
public sealed class AaaAccountingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("ACCT-1", "ACCT-15")]
    public async Task Radclient_and_own_client_report_a_session_each()
    {
        var radclient = Component.Require("radclient", "freeradius-utils");
        using var folder = new TemporaryFolder("accounting");
        var detail = folder["detail"];
        await using var aaa = await RunningAaa.StartAsync(Token, "--accounting-file", detail);
        const string Records = """
            Acct-Status-Type = Start
            Acct-Session-Id = "theirs"
            User-Name = "alice"

            Acct-Status-Type = Stop
            Acct-Session-Id = "theirs"
            User-Name = "alice"
            Acct-Input-Octets = 5
            Acct-Input-Gigawords = 1

            """;

        await using var client = ChildProcess.Start(radclient, ["-x", "-r", "1", "-t", "5", "-f", folder.Write("records", Records), aaa.AccountingEndPoint, "acct", RunningAaa.Secret]);
        var exitCode = await client.WaitForExitAsync(Token);
        var own = await HarnessRun.RunAsync(["send", "acct", "stop", "--server", aaa.AccountingEndPoint, "Acct-Session-Id=ours", "User-Name=bob"], RunningAaa.Secret);
        await aaa.StopAsync(Token);

        Assert.True(exitCode == 0, client.Output);
        Assert.True(own.ExitCode == 0, own.Output + own.Errors);
        var records = aaa.Lines.Where(line => line.GetProperty("event").GetString() == "accounted").ToArray();
        Assert.Equal(["Start theirs", "Stop theirs", "Stop ours"], records.Select(line => $"{line.GetProperty("status")} {line.GetProperty("sessionId")}"), StringComparer.Ordinal);
        Assert.Equal(4294967301, records[1].GetProperty("inputOctets").GetInt64());
        Assert.Equal("Stop before Start", records[2].GetProperty("fault").GetString());
        Assert.Equal(3, aaa.Lines[^1].GetProperty("accounted").GetInt32());
        Assert.Equal(3, (await File.ReadAllTextAsync(detail, Token)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("--acct-listen", "0.0.0.0:0", "--any-interface")]
    [InlineData("--acct-listen", "127.0.0.1", "--acct-listen")]
    [InlineData("--accounting-file", "/nowhere/at/all", "--accounting-file")]
    public async Task What_cannot_be_is_a_mistake_of_usage(string option, string value, string told)
    {
        var run = await HarnessRun.RunAsync(["aaa", "--users", RunningAaa.Users, "--listen", "127.0.0.1:0", option, value], RunningAaa.Secret);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
    }
}
