using System.Globalization;
using System.Text;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Tests.Client;
using NacGateway.Radius.Tests.Harness.Playing;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary><c>nac-harness send coa</c> and <c>send disconnect</c>.</summary>
public sealed class SendChangeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<ErrorCause> Causes() => [.. Enum.GetValues<ErrorCause>().Where(cause => cause != ErrorCause.None)];

    [Theory]
    [InlineData("coa", RadiusCode.CoaRequest, "CoA-ACK (44)")]
    [InlineData("disconnect", RadiusCode.DisconnectRequest, "Disconnect-ACK (41)")]
    [Requirement("COA-1", "COA-2", "COA-9", "COA-26", "RMA-3", "RMA-4")]
    public async Task Request_is_signed_twice_and_dated(string verb, RadiusCode code, string answer)
    {
        await using var server = CapturingServer.Start();
        var before = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

        var run = await server.SendAsync(verb, "User-Name=alice", "Acct-Session-Id=1", "NAS-IP-Address=192.0.2.1");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var request = Assert.Single(server.Requests);
        Assert.Equal(code, request.Code);
        Assert.Equal(
            [RadiusAttributeType.MessageAuthenticator, RadiusAttributeType.UserName, RadiusAttributeType.AcctSessionId, RadiusAttributeType.NasIpAddress, RadiusAttributeType.EventTimestamp],
            request.Attributes.Select(attribute => attribute.Type));
        Assert.InRange(request.EventTimestamp!.Value, before, TimeProvider.System.GetUtcNow());
        Assert.Contains(answer, run.Output, StringComparison.Ordinal);
        Assert.Contains("Message-Authenticator: right", run.Output, StringComparison.Ordinal);
        Assert.Contains("Meaning:", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("coa", RadiusCode.CoaAck)]
    [InlineData("disconnect", RadiusCode.DisconnectAck)]
    [Requirement("COA-9", "COA-27")]
    public async Task Retransmission_is_the_same_octets_from_the_same_port(string verb, RadiusCode answer)
    {
        using var server = new Responder();
        var running = HarnessRun.RunAsync(
            ["send", verb, "--server", server.EndPoint.ToString(), "Acct-Session-Id=1", "--retries", "1", "--timeout", "4"], Encoding.UTF8.GetString(Responder.Secret));

        var (first, firstFrom) = await server.ReceiveAsync(Token);
        var (second, secondFrom) = await server.ReceiveAsync(Token);
        await server.SendAsync(Responder.Reply(second, answer), secondFrom, Token);

        var run = await running;
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal(firstFrom, secondFrom);
        Assert.Equal((first.Identifier, first.EventTimestamp), (second.Identifier, second.EventTimestamp));
        Assert.Equal(first.Authenticator.ToArray(), second.Authenticator.ToArray());
        Assert.Equal(first.Attributes.Encoded.ToArray(), second.Attributes.Encoded.ToArray());
    }

    [Fact]
    [Requirement("COA-27")]
    public async Task Each_request_of_a_run_has_an_identifier_and_an_authenticator_of_its_own()
    {
        await using var server = CapturingServer.Start();

        var run = await server.SendInputAsync("coa", "Acct-Session-Id = 1\n\nAcct-Session-Id = 2\n", "--id", "255");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal([255, 0], server.Requests.Select(request => (int)request.Identifier));
        Assert.NotEqual(server.Requests[0].Authenticator.ToArray(), server.Requests[1].Authenticator.ToArray());
    }

    [Theory]
    [MemberData(nameof(Causes))]
    [Requirement("COA-28")]
    public async Task Refusal_is_an_outcome_with_its_cause_named_and_explained(ErrorCause cause)
    {
        Assert.True(AttributeDictionary.Default.TryGet([RadiusAttributeType.ErrorCause], out var definition));
        var named = string.Create(CultureInfo.InvariantCulture, $"Error-Cause {(uint)cause} ({definition.ValueNames[(uint)cause]})");
        await using var server = CapturingServer.Start(context => CapturingServer.Reply(context, RadiusCode.CoaNak, FormattableString.Invariant($"Error-Cause = {(uint)cause}")));

        var run = await server.SendAsync("coa", "Acct-Session-Id=1");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("ack was expected, and the outcome is nak, " + named, run.Errors, StringComparison.Ordinal);
        Assert.Matches("(?m)^  " + System.Text.RegularExpressions.Regex.Escape(named) + ": .{20,}$", run.Output);
        Assert.DoesNotContain("a cause that is not known here", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_is_a_success_when_it_is_expected_with_its_cause()
    {
        await using var server = CapturingServer.Start(context => CapturingServer.Reply(context, RadiusCode.DisconnectNak, "Error-Cause = Session-Context-Not-Found"));

        var right = await server.SendAsync("disconnect", "Acct-Session-Id=1", "--expect", "nak", "--expect-attr", "Error-Cause=503");
        var wrong = await server.SendAsync("disconnect", "Acct-Session-Id=1", "--expect", "nak", "--expect-attr", "Error-Cause=Missing-Attribute");

        Assert.Equal((0, 1), (right.ExitCode, wrong.ExitCode));
        Assert.Contains("Expected Error-Cause = Missing-Attribute: WRONG (the reply has Error-Cause = Session-Context-Not-Found)", wrong.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Played_nas_changes_and_ends_the_session_that_is_named()
    {
        await using var server = ScriptedServer.Start();
        await using var nas = await RunningNas.StartAsync(server, Token, "--session-seconds", "500", "--seconds", "60", "--spread", "0");
        var session = (await nas.WaitForAsync("start", Token)).GetProperty("session").GetString();

        var changed = await AskAsync("coa", "Session-Timeout=400", "--expect", "ack");
        var ended = await AskAsync("disconnect", "--expect", "ack");
        var again = await AskAsync("disconnect", "--expect", "nak", "--expect-attr", "Error-Cause=Session-Context-Not-Found");

        Assert.True((changed.ExitCode, ended.ExitCode, again.ExitCode) == (0, 0, 0), changed.Errors + ended.Errors + again.Errors);
        Assert.Equal(session, (await nas.WaitForAsync("stop", Token)).GetProperty("session").GetString());

        Task<HarnessRun> AskAsync(string verb, params string[] arguments) =>
            HarnessRun.RunAsync(["send", verb, "--server", nas.Coa.ToString(), "Acct-Session-Id=" + session, .. arguments], ScriptedServer.Secret);
    }

    [Fact]
    public async Task Message_authenticator_can_be_left_out()
    {
        await using var server = CapturingServer.Start();

        var run = await server.SendAsync("disconnect", "Acct-Session-Id=1", "--no-message-authenticator");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal(0, Assert.Single(server.Requests).Attributes.CountOf(RadiusAttributeType.MessageAuthenticator));
    }

    [Theory]
    [InlineData("disconnect", "Service-Type=Authorize-Only", "Service-Type never stands in Disconnect-Request")]
    [InlineData("coa", "Tunnel-Password:1=x", "Tunnel-Password is hidden")]
    [Requirement("COA-22", "RTUN-6")]
    public async Task What_may_not_be_asked_so_is_refused(string verb, string attribute, string told)
    {
        var run = await HarnessRun.RunAsync(["send", verb, "--server", "127.0.0.1", "Acct-Session-Id=1", attribute], "secret");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_that_names_no_session_is_refused()
    {
        var run = await HarnessRun.RunAsync(["send", "disconnect", "--server", "127.0.0.1"], "secret");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Acct-Session-Id", run.Errors, StringComparison.Ordinal);
    }
}
