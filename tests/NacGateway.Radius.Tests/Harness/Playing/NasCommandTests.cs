using System.Text.Json;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness.Playing;

/// <summary><c>nac-harness nas</c>: what the played NAS sends, from Accounting-On to Accounting-Off.</summary>
public sealed class NasCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("ACCT-1", "ACCT-5", "ACCT-6", "ACCT-7", "ACCT-8", "ACCT-14", "ACCT-15", "ACCT-16", "ACCT-22", "RAR-8", "RAR-9")]
    public async Task Session_is_played_from_its_sign_in_to_its_stop_with_counters_that_grow()
    {
        await using var server = ScriptedServer.Start();

        var run = await PlayAsync(server, "--user", "alice", "--password", "p", "--spread", "0.1", "--seconds", "60", "--session-seconds", "1", "--interim", "0.4", "--rate", "100000000000");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var requests = server.Requests.Select(context => context.Request).ToArray();
        var access = Assert.Single(requests, request => request.Code == RadiusCode.AccessRequest);
        PlayedRecord[] records = [.. requests.Where(request => request.Code == RadiusCode.AccountingRequest).Select(PlayedRecord.Of)];
        Assert.Equal<uint>([7, 1, 3, 3, 2, 8], records.Select(record => record.Status));
        PlayedRecord[] session = [.. records.Skip(1).SkipLast(1)];
        Assert.All(session, record => Assert.Equal(access.AcctSessionId, record.Session));
        Assert.Equal<ulong>([0, 40_000_000_000, 80_000_000_000, 100_000_000_000], session.Select(record => record.Output));
        Assert.Equal<uint?>([null, 0, 0, 1], session.Select(record => record.Time));
        Assert.Equal((null, null, null), (session[0].Cause, session[1].Cause, session[2].Cause));
        Assert.InRange(session[3].Cause!.Value, 1u, 4u);
        Assert.All(requests, request => Assert.True(request.NasIdentifier == "nac-harness" && (request.Code == RadiusCode.AccessRequest || request.Attributes.CountOf(RadiusAttributeType.UserPassword) == 0)));
    }

    [Fact]
    public async Task Same_seed_plays_the_same_sessions_and_another_one_does_not()
    {
        await using var server = ScriptedServer.Start();

        var first = await StopsAsync(server, "7");
        var again = await StopsAsync(server, "7");
        var other = await StopsAsync(server, "8");

        Assert.Equal(4, first.Length);
        Assert.Equal(first, again);
        Assert.NotEqual(first.Select(stop => stop.Output), other.Select(stop => stop.Output));
    }

    [Fact]
    [Requirement("ACCT-26")]
    public async Task What_the_server_gave_comes_back_in_every_record()
    {
        await using var server = ScriptedServer.Start(context =>
        {
            var reply = ScriptedServer.Good(context)!;
            if (reply.Code == RadiusCode.AccessAccept)
            {
                reply.UserName = "alice@example.org";
                reply.Attributes.Add(RadiusAttributeType.Class, [0, 1, 255]);
                reply.Attributes.Add(RadiusAttributeType.Class, [2]);
                reply.ChargeableUserIdentity = new byte[] { 9, 9 };
            }

            return reply;
        });

        await PlayAsync(server, "--user", "alice", "--password", "p", "--spread", "0.1", "--seconds", "60", "--session-seconds", "0.2");

        var records = server.Requests.Select(context => context.Request).Where(request => request.Code == RadiusCode.AccountingRequest && request.UserName is not null).ToArray();
        Assert.Equal(2, records.Length);
        Assert.All(records, record =>
        {
            Assert.Equal("alice@example.org", record.UserName);
            Assert.Equal(["0001FF", "02"], record.Classes.Select(value => Convert.ToHexString(value.Span)), StringComparer.Ordinal);
            Assert.Equal("0909", Convert.ToHexString(record.ChargeableUserIdentity!.Value.Span));
        });
    }

    [Fact]
    public async Task Session_timeout_of_the_accept_ends_the_session_with_its_cause()
    {
        await using var server = ScriptedServer.Start(context =>
        {
            var reply = ScriptedServer.Good(context)!;
            reply.SessionTimeout = reply.Code == RadiusCode.AccessAccept ? 1 : null;
            return reply;
        });

        await PlayAsync(server, "--user", "alice", "--password", "p", "--spread", "0", "--seconds", "60", "--session-seconds", "20", "--seed", "3");

        var stop = Assert.Single(Records(server), record => record.Status == 2);
        Assert.Equal((5u, 1u), (stop.Cause, stop.Time));
    }

    [Fact]
    [Requirement("ACCT-22")]
    public async Task Signal_stops_what_is_open_in_order()
    {
        await using var server = ScriptedServer.Start();
        await using var nas = await RunningNas.StartAsync(server, Token, "--session-seconds", "500", "--seconds", "60", "--spread", "0");
        await nas.WaitForAsync("start", Token);

        var exitCode = await nas.StopAsync(Token);

        Assert.Equal(0, exitCode);
        var records = Records(server);
        Assert.Equal(records.Count(record => record.Status == 1), records.Count(record => record.Status == 2));
        Assert.All(records.Where(record => record.Status == 2), stop => Assert.Equal(7u, stop.Cause));
        Assert.Equal(8u, records[^1].Status);
    }

    [Theory]
    [InlineData("pap")]
    [InlineData("chap")]
    [InlineData("mschapv2")]
    public async Task Users_sign_in_at_FreeRadius_by_each_method(string method)
    {
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions { Secret = ScriptedServer.Secret }, Token);
        await using var accounting = ScriptedServer.Start();

        var run = await HarnessRun.RunAsync(
            ["nas", "--json", "--server", server.EndPoint.ToString(), "--acct-port", accounting.Port, "--coa-listen", "none", "--user", "alice", "--password", "wonderland", "--method", method, "--spread", "0.1", "--seconds", "60", "--session-seconds", "0.1", "--sessions", "3"],
            ScriptedServer.Secret);

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var summary = Events(run)[^1];
        Assert.Equal((3, 3, 3), (Count(summary, "accepted"), Count(summary, "starts"), Count(summary, "stops")));
    }

    [Fact]
    [Requirement("ACCT-25", "RAR-13")]
    public async Task Reject_is_no_session_and_not_as_expected()
    {
        await using var server = ScriptedServer.Start(context => context.Request.Code == RadiusCode.AccessRequest ? context.CreateReply(RadiusCode.AccessReject) : ScriptedServer.Good(context));

        var run = await PlayAsync(server, "--user", "alice", "--password", "p", "--seconds", "60", "--spread", "0");

        Assert.Equal(1, run.ExitCode);
        Assert.Single(server.Requests, context => context.Request.Code == RadiusCode.AccessRequest);
        Assert.Equal<uint>([7, 8], Records(server).Select(record => record.Status));
    }

    [Fact]
    public async Task Server_that_never_answers_gives_3()
    {
        await using var server = ScriptedServer.Start(_ => null);

        var run = await PlayAsync(server, "--user", "alice", "--password", "p", "--seconds", "0.2", "--timeout", "0.1");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("not answered", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_of_another_secret_is_told_apart_from_silence()
    {
        await using var server = ScriptedServer.Start();
        await using var relay = new DatagramRelay(server.EndPoint, DatagramRelay.WrongAuthenticator);
        string[] arguments = ["nas", "--json", "--acct-port", relay.EndPoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--coa-listen", "none", "--user", "alice", "--password", "p", "--seconds", "0.2", "--timeout", "0.3"];

        var other = await HarnessRun.RunAsync([.. arguments, "--server", relay.EndPoint.ToString()], ScriptedServer.Secret);
        await using var mute = ScriptedServer.Start(_ => null);
        var silent = await PlayAsync(mute, "--user", "alice", "--password", "p", "--seconds", "0.2", "--timeout", "0.1");

        Assert.Contains("another shared secret", other.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", silent.Output, StringComparison.Ordinal);
        Assert.Contains("nothing came", silent.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seconds", "0")]
    [InlineData("--sessions", "0")]
    [InlineData("--interim", "0.01")]
    [InlineData("--rate", "-1")]
    [InlineData("--coa-listen", "here")]
    [InlineData("--coa-listen", "192.0.2.1:0")]
    [InlineData("--nas-identifier", "")]
    [InlineData("--acct-port", "70000")]
    public async Task Mistake_of_usage_ends_with_2_and_sends_nothing(params string[] arguments)
    {
        await using var server = ScriptedServer.Start();

        var run = await HarnessRun.RunAsync(["nas", "--server", server.EndPoint.ToString(), "--user", "u", "--password", "p", .. arguments], ScriptedServer.Secret);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: ", run.Errors, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    private static Task<HarnessRun> PlayAsync(ScriptedServer server, params string[] arguments) =>
        HarnessRun.RunAsync(["nas", "--json", "--server", server.EndPoint.ToString(), "--acct-port", server.Port, "--coa-listen", "none", .. arguments], ScriptedServer.Secret);

    private static async Task<PlayedRecord[]> StopsAsync(ScriptedServer server, string seed)
    {
        var before = server.Requests.Count;
        var run = await PlayAsync(server, "--user", "u{1..4}", "--password", "p", "--seconds", "60", "--spread", "0.5", "--session-seconds", "0.3", "--seed", seed);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        return [.. Records(server.Requests.Skip(before)).Where(record => record.Status == 2).OrderBy(record => record.Session, StringComparer.Ordinal)];
    }

    private static PlayedRecord[] Records(ScriptedServer server) => Records(server.Requests);

    private static PlayedRecord[] Records(IEnumerable<RadiusRequestContext> requests) =>
        [.. requests.Select(context => context.Request).Where(request => request.Code == RadiusCode.AccountingRequest).Select(PlayedRecord.Of)];

    private static JsonElement[] Events(HarnessRun run) => [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    private static long Count(JsonElement summary, string name) => summary.GetProperty(name).GetInt64();
}
