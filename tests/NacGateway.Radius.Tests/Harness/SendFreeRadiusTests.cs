using System.Net;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary>The verbs of <c>nac-harness send</c> other than auth, against FreeRADIUS.</summary>
public sealed class SendFreeRadiusTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("ACCT-1", "ACCT-3", "ACCT-8")]
    public async Task Records_of_a_session_are_stored_and_acknowledged()
    {
        await using var server = await StartAsync();

        var run = await SendAsync(
            server.AccountingEndPoint, server, "acct", "Acct-Status-Type = Start\n\nAcct-Status-Type = Stop\nAcct-Input-Gigawords = 2\nAcct-Terminate-Cause = Idle-Timeout\n",
            "--file", "-", "User-Name=alice", "Acct-Session-Id=s-1", "Tunnel-Private-Group-ID:1=42");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var detail = server.Detail;
        Assert.Equal(2, detail.Split("Acct-Session-Id = \"s-1\"").Length - 1);
        Assert.All(
            ["Acct-Status-Type = Start", "Acct-Status-Type = Stop", "Acct-Input-Gigawords = 2", "Acct-Terminate-Cause = Idle-Timeout", "Tunnel-Private-Group-Id:1 = \"42\"", "NAS-Identifier = \"nac-harness\""],
            line => Assert.Contains(line, detail, StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("RSTS-1", "RSTS-5")]
    public async Task Both_ports_say_that_they_are_alive()
    {
        await using var server = await StartAsync();

        var authentication = await SendAsync(server.EndPoint, server, "status");
        var accounting = await SendAsync(server.AccountingEndPoint, server, "status");

        Assert.True((authentication.ExitCode, accounting.ExitCode) == (0, 0), authentication.Errors + accounting.Errors);
        Assert.Contains("Outcome: accept", authentication.Output, StringComparison.Ordinal);
        Assert.Contains("Outcome: response", accounting.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("coa", "CoA-ACK (44)", "CoA-NAK (45)")]
    [InlineData("disconnect", "Disconnect-ACK (41)", "Disconnect-NAK (42)")]
    [Requirement("COA-1", "COA-3")]
    public async Task Change_is_acknowledged_or_refused_with_its_cause(string verb, string ack, string nak)
    {
        await using var server = await StartAsync();

        var done = await SendAsync(server.CoaEndPoint, server, verb, "", "User-Name=alice", "Acct-Session-Id=s-1");
        var refused = await SendAsync(server.CoaEndPoint, server, verb, "", "User-Name=" + FreeRadiusOptions.Unconnected, "Acct-Session-Id=s-1", "--expect", "nak", "--expect-attr", "Error-Cause=503");

        Assert.True(done.ExitCode == 0, done.Output + done.Errors);
        Assert.True(refused.ExitCode == 0, refused.Output + refused.Errors);
        Assert.Contains(ack, done.Output, StringComparison.Ordinal);
        Assert.Contains(nak, refused.Output, StringComparison.Ordinal);
        Assert.Contains("no session matches", refused.Output, StringComparison.Ordinal);
    }

    private static Task<FreeRadiusServer> StartAsync() => FreeRadiusServer.StartAsync(new FreeRadiusOptions { DoesAccounting = true }, Token);

    private static Task<HarnessRun> SendAsync(IPEndPoint endPoint, FreeRadiusServer server, string verb, string input = "", params string[] arguments) =>
        HarnessRun.RunAsync(["send", verb, "--server", endPoint.ToString(), .. arguments], server.Options.Secret, input);
}
