using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary><c>nac-harness send acct</c> against our server, which drops what is not signed rightly.</summary>
public sealed class SendAcctTests
{
    [Theory]
    [InlineData("start", "Start")]
    [InlineData("interim", "Interim-Update")]
    [InlineData("stop", "Stop")]
    [InlineData("on", "Accounting-On")]
    [InlineData("off", "Accounting-Off")]
    [Requirement("ACCT-1", "ACCT-2", "ACCT-3", "ACCT-6", "ACCT-7", "RMA-6")]
    public async Task Record_is_signed_and_has_what_every_record_has_once(string word, string status)
    {
        await using var server = CapturingServer.Start();

        var run = await server.SendAsync("acct", word, "User-Name=alice");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var request = Assert.Single(server.Requests);
        Assert.Equal(RadiusCode.AccountingRequest, request.Code);
        Assert.Contains("Acct-Status-Type = " + status, CapturingServer.Lines(request), StringComparer.Ordinal);
        Assert.Equal((1, 1, 1, 1), (request.Attributes.CountOf(RadiusAttributeType.AcctStatusType), request.Attributes.CountOf(RadiusAttributeType.AcctSessionId),
            request.Attributes.CountOf(RadiusAttributeType.NasIdentifier), request.Attributes.CountOf(RadiusAttributeType.EventTimestamp)));
        Assert.Equal(0, request.Attributes.CountOf(RadiusAttributeType.MessageAuthenticator));
        Assert.Contains("Accounting-Response (5)", run.Output, StringComparison.Ordinal);
        Assert.Contains("Response Authenticator: right", run.Output, StringComparison.Ordinal);
        Assert.Contains("Outcome: response", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("ACCT-8")]
    public async Task Records_of_a_file_that_name_no_session_are_of_one()
    {
        await using var server = CapturingServer.Start();
        const string Records = "Acct-Status-Type = Start\n\nAcct-Status-Type = Interim-Update\nAcct-Input-Octets = 7\n\nAcct-Status-Type = Stop, Acct-Terminate-Cause = User-Request\n";

        var run = await server.SendInputAsync("acct", Records, "User-Name=alice");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal(3, server.Requests.Count);
        Assert.Single(server.Requests.Select(request => request.AcctSessionId).Distinct(StringComparer.Ordinal));
        Assert.All(server.Requests, request => Assert.Equal("alice", request.UserName));
    }

    [Fact]
    [Requirement("ACCT-11")]
    public async Task Record_that_says_how_long_it_waited_gets_no_timestamp()
    {
        await using var server = CapturingServer.Start();

        await server.SendAsync("acct", "stop", "Acct-Delay-Time=3");

        Assert.Equal(0, Assert.Single(server.Requests).Attributes.CountOf(RadiusAttributeType.EventTimestamp));
    }

    [Theory]
    [InlineData("User-Password=x")]
    [InlineData("CHAP-Password=x")]
    [InlineData("Reply-Message=x")]
    [InlineData("State=0x01")]
    [InlineData("Message-Authenticator=0x00")]
    [InlineData("EAP-Message=0x01")]
    [InlineData("Tunnel-Password:1=x")]
    [InlineData("Acct-Status-Type=Stop")]
    [Requirement("ACCT-5", "ACCT-6", "RMA-6", "RTUN-6")]
    public async Task What_accounting_never_holds_is_refused_before_it_is_sent(string attribute)
    {
        await using var server = CapturingServer.Start();

        var run = await server.SendAsync("acct", "start", attribute);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--as-given", run.Errors, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task What_is_forbidden_goes_out_when_it_is_meant_and_nothing_is_added()
    {
        await using var server = CapturingServer.Start();

        var run = await server.SendAsync("acct", "--as-given", "Acct-Status-Type=Start", "Reply-Message=never");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal(["Acct-Status-Type = Start", "Reply-Message = \"never\""], CapturingServer.Lines(Assert.Single(server.Requests)), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Status_type_must_be_said()
    {
        await using var server = CapturingServer.Start();

        var run = await server.SendAsync("acct", "User-Name=alice");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Acct-Status-Type is missing", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("ACCT-2", "ACCT-3")]
    public async Task Another_secret_gets_no_answer()
    {
        await using var server = CapturingServer.Start();

        var run = await HarnessRun.RunAsync(["send", "acct", "start", "--server", server.EndPoint.ToString(), "--timeout", "0.3"], "another secret altogether");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("another shared secret", run.Errors, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    [Requirement("RPKT-5")]
    public async Task Record_of_4096_octets_is_refused()
    {
        // 20 of the header, 6 of the status, and the rest in texts: 4096 in all.
        string[] texts = [.. Enumerable.Repeat("-a", 16).SelectMany((option, i) => new[] { option, "Connect-Info=" + new string('x', i < 15 ? 253 : 243) })];

        var run = await HarnessRun.RunAsync(["send", "acct", "--as-given", "start", "--server", "127.0.0.1", .. texts], "secret");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("4095", run.Errors, StringComparison.Ordinal);
    }
}
