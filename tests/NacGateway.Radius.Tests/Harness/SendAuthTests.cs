using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary><c>nac-harness send auth</c> against FreeRADIUS.</summary>
public sealed class SendAuthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("pap")]
    [InlineData("chap")]
    [InlineData("mschapv2")]
    public async Task Right_password_is_accepted_by_each_method(string method)
    {
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions(), Token);

        var run = await SendAsync(server, "wonderland", "--user", "alice", "--method", method);

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("Access-Request (1)", run.Output, StringComparison.Ordinal);
        Assert.Contains("Access-Accept (2)", run.Output, StringComparison.Ordinal);
        Assert.Contains("Session-Timeout = 3600", run.Output, StringComparison.Ordinal);
        Assert.Contains("Response Authenticator: right", run.Output, StringComparison.Ordinal);
        Assert.Contains("Message-Authenticator: right", run.Output, StringComparison.Ordinal);
        Assert.Equal(method == "mschapv2", run.Output.Contains("MS-CHAP2-Success: right", StringComparison.Ordinal));
        Assert.Matches(@"Reply after \d+\.\d ms", run.Output);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task A_challenge_that_is_given_is_what_the_password_is_proved_over()
    {
        await using var aaa = await RunningAaa.StartAsync(Token);

        var run = await HarnessRun.RunAsync(
            ["send", "auth", "--server", aaa.EndPoint.ToString(), "User-Name=alice", "CHAP-Password=wonderland", "CHAP-Challenge=0x00112233445566778899aabbccddeeff"], RunningAaa.Secret);

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
    }

    [Theory]
    [InlineData("CHAP-Password=builder", "CHAP-Challenge=0x00112233445566778899aabbccddeeff", 60)]
    [InlineData("MS-CHAP-Challenge=0x00112233445566778899aabbccddeeff", "Attr-26.311.25=0x0100", 26)]
    public async Task The_answer_to_a_challenge_has_nothing_of_the_first_proof(string first, string second, int type)
    {
        await using var server = CapturingServer.Start(context => CapturingServer.Reply(
            context, context.Request.Attributes.CountOf(RadiusAttributeType.State) == 0 ? RadiusCode.AccessChallenge : RadiusCode.AccessAccept, "State = 0x01"));

        var run = await server.SendAsync("auth", "User-Name=bob", first, second, "--otp", "123456");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal([true, false], server.Requests.Select(request => request.Attributes.CountOf((byte)type) > 0));
    }

    [Fact]
    public async Task Neither_password_nor_secret_nor_code_is_printed()
    {
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions(), Token);

        var human = await SendAsync(server, "builder", "--user", "bob", "--otp", "123456");
        var json = await SendAsync(server, "builder", "--user", "bob", "--otp", "123456", "--json");

        Assert.Equal((0, 0), (human.ExitCode, json.ExitCode));
        foreach (var hidden in (string[])["builder", "123456", server.Options.Secret])
        {
            Assert.DoesNotContain(hidden, human.Output + human.Errors + json.Output + json.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Challenge_is_answered_with_its_state_untouched()
    {
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions(), Token);

        var run = await SendAsync(server, "builder", "--user", "bob", "--otp", "123456", "--json");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var steps = run.Json.GetProperty("steps").EnumerateArray().ToArray();
        Assert.Equal(["Access-Challenge", "Access-Accept"], steps.Select(step => step.GetProperty("reply").GetProperty("code").GetString()!), StringComparer.Ordinal);
        Assert.Equal(FreeRadiusOptions.ChallengeState, Value(steps[1].GetProperty("request"), "State"));
    }

    [Theory]
    [InlineData("challenge", 0)]
    [InlineData("accept", 1)]
    public async Task Challenge_without_a_code_is_the_outcome(string expected, int exitCode)
    {
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions(), Token);

        var run = await SendAsync(server, "builder", "--user", "bob", "--expect", expected);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains("Outcome: challenge", run.Output, StringComparison.Ordinal);
        Assert.Equal(exitCode == 0, run.Errors.Length == 0);
    }

    [Fact]
    public async Task Wrong_code_is_rejected()
    {
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions(), Token);

        var run = await SendAsync(server, "builder", "--user", "bob", "--otp", "000000");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("accept was expected, and the outcome is reject", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reject_shows_its_message_and_is_a_success_when_expected()
    {
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions(), Token);

        var unexpected = await SendAsync(server, "anything", "--user", "eve");
        var expected = await SendAsync(server, "anything", "--user", "eve", "--expect", "reject");

        Assert.Equal((1, 0), (unexpected.ExitCode, expected.ExitCode));
        Assert.Contains("Reply-Message = \"Ask Mia at desk 4 about <your> account\"", expected.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expired_password_is_named()
    {
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions(), Token);

        var run = await SendAsync(server, "yesterday", "--user", "olga", "--method", "mschapv2");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("MS-CHAP-Error 648", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_that_the_server_does_not_share_gets_no_answer_and_is_suspected()
    {
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions(), Token);

        var run = await HarnessRun.RunAsync(
            ["send", "auth", "--server", server.EndPoint.ToString(), "--user", "alice", "--password-stdin", "--timeout", "0.5"], "not the server's secret", "wonderland");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("no answer", run.Errors, StringComparison.Ordinal);
        Assert.Contains("another shared secret", run.Errors, StringComparison.Ordinal);
        Assert.Contains("Outcome: none", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_with_a_wrong_authenticator_is_dropped_and_the_drop_is_told()
    {
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions(), Token);
        await using var relay = new DatagramRelay(server.EndPoint, DatagramRelay.WrongAuthenticator);

        var run = await HarnessRun.RunAsync(
            ["send", "auth", "--server", relay.EndPoint.ToString(), "--user", "alice", "--password-stdin", "--timeout", "0.5"], server.Options.Secret, "wonderland");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the Response Authenticator is wrong", run.Errors, StringComparison.Ordinal);
        Assert.Contains("WrongAuthenticator: 1", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unsigned_reply_is_believed_only_when_allowed()
    {
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions { SignsReplies = false }, Token);

        var refused = await SendAsync(server, "wonderland", "--user", "alice", "--timeout", "0.5");
        var allowed = await SendAsync(server, "wonderland", "--user", "alice", "--allow-missing-message-authenticator");

        Assert.Equal((3, 0), (refused.ExitCode, allowed.ExitCode));
        Assert.Contains("--allow-missing-message-authenticator", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("MissingMessageAuthenticator: 1", refused.Output, StringComparison.Ordinal);
        Assert.Contains("Message-Authenticator: missing", allowed.Output, StringComparison.Ordinal);
    }

    private static Task<HarnessRun> SendAsync(FreeRadiusServer server, string password, params string[] arguments) =>
        HarnessRun.RunAsync(["send", "auth", "--server", server.EndPoint.ToString(), "--password-stdin", .. arguments], server.Options.Secret, password + "\n");

    private static string? Value(System.Text.Json.JsonElement packet, string name) =>
        packet.GetProperty("attributes").EnumerateArray().Single(attribute => attribute.GetProperty("name").GetString() == name).GetProperty("value").GetString();
}
