using System.Globalization;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary><c>nac-harness probe</c>.</summary>
public sealed class ProbeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Free_radius_is_fit_and_the_card_names_what_is_weak()
    {
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions { DoesAccounting = true, SignsReplies = false }, Token);

        var run = await ProbeAsync(server.EndPoint.ToString(), server.Options.Secret, server.AccountingEndPoint.Port, "--json", "--user", "alice", "--password", "wonderland");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var grades = Grades(run);
        Assert.All(
            ["answers", "pap", "chap", "mschapv2", "status-auth", "status-acct", "status-unsigned", "duplicate", "new-request", "proxy-state", "padding", "unknown-attribute", "unknown-code", "ma-wrong",
                "wrong-secret", "attribute-length-0", "attribute-length-1", "attribute-overrun", "length-short", "length-long", "oversized", "acct", "acct-authenticator", "latency"],
            id => Assert.True(grades[id] == "good", id + ": " + run.Output));
        Assert.All(["ma-accept", "ma-reject", "ma-required", "reject-delay"], id => Assert.True(grades[id] == "weak", id + ": " + run.Output));
    }

    [Fact]
    [Requirement("RPKT-2", "RPKT-3", "RPKT-4", "RPKT-6", "RPRX-1", "RDUP-1", "RDUP-2", "RMA-7", "RATT-7", "RSTS-1", "RSTS-9", "BLAST-11", "BLAST-12", "BLAST-13")]
    public async Task Own_server_passes_whatever_is_required()
    {
        await using var aaa = await RunningAaa.StartAsync(Token);

        var run = await ProbeAsync(
            aaa.EndPoint.ToString(), RunningAaa.Secret, 0, "--user", "alice", "--password", "wonderland",
            "--require",
            "pap,chap,mschapv2,ma-accept,ma-reject,ma-required,ma-wrong,wrong-secret,status-auth,status-unsigned,duplicate,new-request,proxy-state,padding,unknown-attribute,unknown-code,reply-code,"
            + "length-short,length-long,oversized,attribute-length-0,attribute-length-1,attribute-overrun,largest,latency");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.DoesNotContain("BAD", run.Output, StringComparison.Ordinal);
        Assert.Contains("Verdict: fit for use", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wonderland", run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_user_strangers_are_asked_for_and_methods_are_unknown()
    {
        await using var aaa = await RunningAaa.StartAsync(Token);

        var run = await ProbeAsync(aaa.EndPoint.ToString(), RunningAaa.Secret, 0, "--json");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var grades = Grades(run);
        Assert.Equal(["unknown", "good", "good"], new[] { grades["pap"], grades["proxy-state"], grades["duplicate"] }, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_password_that_was_rejected_is_not_tried_again()
    {
        await using var server = CapturingServer.Start(context => context.CreateReply(context.Request.Code == RadiusCode.StatusServer ? RadiusCode.AccessAccept : RadiusCode.AccessReject));

        var run = await ProbeAsync(server.EndPoint.ToString(), CapturingServer.Secret, 0, "--json", "--user", "alice", "--password", "wrong");

        Assert.Single(server.Requests, request => request.UserName == "alice");
        var grades = Grades(run);
        Assert.Equal(["unknown", "unknown", "unknown", "unknown", "good"], new[] { grades["pap"], grades["chap"], grades["mschapv2"], grades["ma-accept"], grades["proxy-state"] }, StringComparer.Ordinal);
        Assert.Contains("the password was rejected, not asked again", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Number_of_datagrams_is_bounded_and_told()
    {
        await using var server = CapturingServer.Start(context => context.Request.Code == RadiusCode.AccountingRequest ? context.CreateReply(RadiusCode.AccountingResponse) : context.CreateReply(RadiusCode.AccessAccept));

        var run = await ProbeAsync(server.EndPoint.ToString(), CapturingServer.Secret, server.EndPoint.Port, "--json", "--user", "alice", "--password", "x");

        Assert.InRange(run.Json.GetProperty("datagrams").GetInt32(), server.Requests.Count, 100);
    }

    [Theory]
    [InlineData("proxy-state")]
    [InlineData("mschapv2")]
    [InlineData("status-auth")]
    [InlineData("unknown-attribute")]
    [InlineData("acct")]
    public async Task Server_that_breaks_a_rule_is_found_out(string rule)
    {
        await using var server = CapturingServer.Start(context => Broken(context, rule));

        var run = await ProbeAsync(server.EndPoint.ToString(), CapturingServer.Secret, server.EndPoint.Port, "--json", "--timeout", "0.4", "--user", "alice", "--password", "x", "--require", rule);

        Assert.Equal(1, run.ExitCode);
        Assert.NotEqual("good", Grades(run)[rule], StringComparer.Ordinal);
        Assert.Contains("not fit for use: " + rule, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_believes_everything_fails_each_line_that_wants_silence()
    {
        using var gullible = new GullibleServer();

        var run = await ProbeAsync(gullible.EndPoint.ToString(), GullibleServer.Secret, gullible.EndPoint.Port, "--json", "--timeout", "1");

        Assert.Equal(1, run.ExitCode);
        var grades = Grades(run);
        Assert.All(
            ["ma-wrong", "wrong-secret", "attribute-length-0", "attribute-length-1", "attribute-overrun", "length-short", "length-long", "oversized", "unknown-code", "reply-code", "status-unsigned", "acct-authenticator"],
            id => Assert.True(grades[id] == "bad", id + ": " + run.Output));
        Assert.Equal("weak", grades["ma-required"]);
    }

    [Theory]
    [InlineData(GullibleServer.Habit.AnswersOnce, "duplicate", "bad")]
    [InlineData(GullibleServer.Habit.DropsFirstRepetition, "duplicate", "good")]
    [InlineData(GullibleServer.Habit.AnswersAnew, "duplicate", "weak")]
    [InlineData(GullibleServer.Habit.RemembersIdentifiers, "new-request", "bad")]
    public async Task Habits_with_retransmissions_are_told_apart(GullibleServer.Habit habit, string line, string grade)
    {
        using var server = new GullibleServer(habit);

        var run = await ProbeAsync(server.EndPoint.ToString(), GullibleServer.Secret, 0, "--json", "--timeout", "0.5");

        Assert.Equal(grade, Grades(run)[line], StringComparer.Ordinal);
    }

    [Fact]
    public async Task Silent_port_is_told_and_nothing_else_is_asked()
    {
        var run = await ProbeAsync(FormattableString.Invariant($"127.0.0.1:{FreePorts.Udp()}"), "secret", 0, "--json");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the port refuses", run.Errors, StringComparison.Ordinal);
        Assert.Equal(1, run.Json.GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public async Task Server_that_is_silent_about_another_secret_is_told_by_what_it_answers_unsigned()
    {
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions(), Token);

        var run = await ProbeAsync(server.EndPoint.ToString(), "not the secret of the server", 0, "--timeout", "0.5");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("another shared secret. Give the same on both sides", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_secret_is_told()
    {
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions(), Token);
        await using var relay = new DatagramRelay(server.EndPoint, DatagramRelay.WrongAuthenticator);

        var run = await ProbeAsync(relay.EndPoint.ToString(), server.Options.Secret, 0);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("another shared secret", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--require", "nonsense", "nonsense")]
    [InlineData("--user", "alice", "go together")]
    [InlineData("--acct-port", "70000", "--acct-port takes")]
    public async Task Wrong_option_is_named(string option, string value, string told)
    {
        var run = await HarnessRun.RunAsync(["probe", "127.0.0.1", option, value], "secret");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
    }

    private static RadiusPacket? Broken(RadiusRequestContext context, string rule)
    {
        var request = context.Request;
        var isOdd = rule switch
        {
            "unknown-attribute" => request.Attributes.CountOf(223) > 0,
            "status-auth" => request.Code == RadiusCode.StatusServer,
            "acct" => request.Code == RadiusCode.AccountingRequest,
            "proxy-state" => request.Attributes.CountOf(RadiusAttributeType.ProxyState) > 0,
            _ => false,
        };

        // MS-CHAPv2 is accepted without the server's proof by all of them.
        return isOdd ? null : context.CreateReply(CapturingServer.Kindest(request.Code));
    }

    private static Dictionary<string, string> Grades(HarnessRun run) => run.Json.GetProperty("findings").EnumerateArray()
        .ToDictionary(finding => finding.GetProperty("id").GetString()!, finding => finding.GetProperty("grade").GetString()!, StringComparer.Ordinal);

    private static Task<HarnessRun> ProbeAsync(string server, string secret, int acctPort, params string[] arguments) =>
        HarnessRun.RunAsync(["probe", server, "--acct-port", acctPort.ToString(CultureInfo.InvariantCulture), .. arguments], secret);
}
