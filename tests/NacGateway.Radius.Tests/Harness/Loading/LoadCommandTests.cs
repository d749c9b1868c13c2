using System.Text;
using System.Xml.Linq;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness.Loading;

/// <summary><c>nac-harness load</c>: what it sends, counts, prints and draws, and how it ends.</summary>
public sealed class LoadCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FreeRadius_accepts_every_method_of_the_mix()
    {
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions(), Token);

        var run = await LoadRun.RunAsync(
            server.EndPoint.ToString(), server.Options.Secret, "--user", "alice", "--password", "wonderland", "--mix", "pap=2,chap=1,mschapv2=1", "--count", "600", "--parallel", "64");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal((600, 600, 600, 0), (run.Count("sent"), run.Count("answered"), run.Count("accepted"), run.Count("lost")));
        Assert.Equal((600, 600), (run.Sum("sent"), run.Sum("accepted")));
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task Users_of_a_file_are_played_and_their_answers_told_apart()
    {
        await using var server = await RunningAaa.StartAsync(Token);
        using var folder = new TemporaryFolder("load");
        var users = folder.Write("users", "alice Cleartext-Password := \"wonderland\"\n\nbob Cleartext-Password := \"builder\"\n\nnobody Cleartext-Password := \"x\"\n");

        var run = await LoadRun.RunAsync(server.EndPoint.ToString(), RunningAaa.Secret, "--users", users, "--count", "90");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal((30, 30, 30), (run.Count("accepted"), run.Count("challenged"), run.Count("rejected")));
    }

    [Fact]
    public async Task Mix_is_kept_to_the_request_and_users_take_turns()
    {
        await using var server = ScriptedServer.Start();

        var run = await LoadRun.RunAsync(server, "--mix", "pap=70,chap=20,acct=10", "--count", "200");

        var requests = server.Requests.Select(context => context.Request).ToArray();
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal((180, 20), (run.Count("accepted"), run.Count("accounted")));
        Assert.Equal(140, requests.Count(request => request.Attributes.CountOf(RadiusAttributeType.UserPassword) == 1));
        Assert.Equal(40, requests.Count(request => request.Attributes.CountOf(RadiusAttributeType.ChapPassword) == 1));
        Assert.Equal(50, requests.Select(request => request.UserName).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    [Requirement("ACCT-2", "ACCT-5", "ACCT-6", "ACCT-8")]
    public async Task Accounting_requests_are_whole_and_each_start_has_its_stop()
    {
        await using var server = ScriptedServer.Start();

        await LoadRun.RunAsync(server, "--mix", "acct", "--count", "100");

        var requests = server.Requests.Select(context => context.Request).ToArray();
        Assert.Equal(100, requests.Length);
        Assert.Equal(50, requests.Select(request => request.AcctSessionId).Distinct(StringComparer.Ordinal).Count());
        Assert.All(requests.GroupBy(request => request.AcctSessionId, StringComparer.Ordinal), session => Assert.Equal<uint>([1, 2], session.Select(StatusOf).Order()));
        Assert.All(requests, request => Assert.True(request.NasIdentifier is not null && request.Attributes.CountOf(RadiusAttributeType.UserPassword) == 0));
    }

    [Fact]
    [Requirement("RID-1", "RID-3", "RAR-1", "RAR-4", "RAR-5", "BLAST-2")]
    public async Task Every_request_has_an_authenticator_of_its_own_and_is_signed_first()
    {
        await using var server = ScriptedServer.Start();

        await LoadRun.RunAsync(server, "--count", "600", "--parallel", "256");

        var requests = server.Requests.Select(context => context.Request).ToArray();
        Assert.Equal(600, requests.Select(request => Convert.ToHexString(request.Authenticator)).Distinct(StringComparer.Ordinal).Count());
        Assert.All(requests, request => Assert.Equal(RadiusAttributeType.MessageAuthenticator, request.Attributes.First().Type));
        Assert.All(server.Requests, context => Assert.Equal("pass" + context.Request.UserName![4..], Password(context.Request)));
    }

    [Fact]
    [Requirement("RID-6", "RID-8")]
    public async Task More_requests_in_flight_than_identifiers_take_further_source_ports()
    {
        // Nothing is answered before all are in flight. A burst may overrun the kernel's buffer, so each is sent as often as it takes.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await using var server = ScriptedServer.Start(context =>
        {
            lock (seen)
            {
                seen.Add(Identity(context));
                return seen.Count == 300 ? ScriptedServer.Good(context) : null;
            }
        });

        var run = await LoadRun.RunAsync(server, "--count", "300", "--parallel", "300", "--timeout", "0.5", "--tries", "10");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(300, run.Count("accepted"));
        Assert.Equal(2, server.Requests.Select(context => context.Source.Port).Distinct().Count());
    }

    [Fact]
    [Requirement("RID-4")]
    public async Task Request_without_an_answer_is_sent_again_unchanged_and_counted()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await using var server = ScriptedServer.Start(context =>
        {
            lock (seen)
            {
                return seen.Add(Identity(context)) ? null : ScriptedServer.Good(context);
            }
        });

        var run = await LoadRun.RunAsync(server, "--count", "20", "--parallel", "20", "--timeout", "0.2");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal((20, 20, 20), (run.Count("sent"), run.Count("retransmitted"), run.Count("accepted")));
        Assert.Equal((40, 20), (server.Requests.Count, server.Requests.Select(Identity).Distinct(StringComparer.Ordinal).Count()));
    }

    [Theory]
    [InlineData("10", 0)]
    [InlineData("9.9", 1)]
    public async Task Loss_beyond_what_is_allowed_is_a_failure(string allowed, int exitCode)
    {
        await using var server = ScriptedServer.Start(context => context.Request.UserName == "user1" || context.Request.UserName == "user2" ? null : ScriptedServer.Good(context));

        var run = await LoadRun.RunAsync(server, "--user", "user{1..20}", "--password", "p", "--count", "40", "--timeout", "0.2", "--tries", "1", "--max-loss", allowed);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal((36, 4, 10.0), (run.Count("answered"), run.Count("lost"), run.Summary.GetProperty("lossPercent").GetDouble()));
        Assert.Equal(exitCode == 1, run.Errors.Contains("--max-loss", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Latency_beyond_what_is_allowed_is_a_failure()
    {
        await using var server = ScriptedServer.Start();

        var run = await LoadRun.RunAsync(server, "--count", "10", "--max-p99", "0.000001");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--max-p99", run.Errors, StringComparison.Ordinal);
        Assert.True(run.Summary.GetProperty("p50").GetDouble() <= run.Summary.GetProperty("p99").GetDouble());
        Assert.True(run.Summary.GetProperty("p99").GetDouble() <= run.Summary.GetProperty("max").GetDouble());
    }

    [Fact]
    public async Task Steps_send_what_their_rates_ask_for()
    {
        await using var server = ScriptedServer.Start();

        var run = await LoadRun.RunAsync(server, "--from", "100", "--to", "300", "--step", "100", "--seconds", "0.5");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal((300, 0), (run.Count("sent"), run.Count("held")));
        Assert.Equal(100, run.Seconds[0].GetProperty("target").GetDouble());
    }

    [Fact]
    public async Task Server_that_never_answers_ends_the_run_with_3()
    {
        await using var server = ScriptedServer.Start(_ => null);

        var run = await LoadRun.RunAsync(server, "--count", "1000000", "--parallel", "10", "--timeout", "0.1", "--tries", "2");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(0, run.Count("answered"));
        Assert.Contains("nothing came", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_that_nobody_listens_at_is_told()
    {
        var run = await LoadRun.RunAsync($"127.0.0.1:{FreePorts.Udp()}", "secret", "--count", "5", "--timeout", "0.1", "--tries", "1");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("nobody listens", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("RID-9", "BLAST-6")]
    public async Task Reply_with_a_wrong_authenticator_is_no_answer()
    {
        await using var server = ScriptedServer.Start();
        await using var relay = new DatagramRelay(server.EndPoint, DatagramRelay.WrongAuthenticator);

        var run = await LoadRun.RunAsync(relay.EndPoint.ToString(), ScriptedServer.Secret, "--count", "1", "--timeout", "0.3", "--tries", "1");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal((0, 1), (run.Count("answered"), run.Count("unbelieved")));
        Assert.Contains("another shared secret", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("BLAST-4")]
    public async Task Unsigned_reply_counts_only_when_allowed()
    {
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions { SignsReplies = false }, Token);
        string[] one = ["--user", "alice", "--password", "wonderland", "--count", "1", "--timeout", "0.3", "--tries", "1"];

        var refused = await LoadRun.RunAsync(server.EndPoint.ToString(), server.Options.Secret, one);
        var allowed = await LoadRun.RunAsync(server.EndPoint.ToString(), server.Options.Secret, [.. one, "--allow-missing-message-authenticator"]);

        Assert.Equal((3, 0), (refused.ExitCode, allowed.ExitCode));
        Assert.Contains("--allow-missing-message-authenticator", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(1, allowed.Count("accepted"));
    }

    [Fact]
    [Requirement("RMS-5")]
    public async Task Accept_without_the_servers_proof_is_no_answer_to_MsChapV2()
    {
        await using var server = ScriptedServer.Start();

        var run = await LoadRun.RunAsync(server, "--mix", "mschapv2", "--count", "1", "--timeout", "0.3", "--tries", "1");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(1, run.Count("unbelieved"));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Signal_ends_the_run_with_what_was_done(string signal)
    {
        await using var server = ScriptedServer.Start();
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["NAC_HARNESS_SECRET"] = ScriptedServer.Secret };
        await using var process = ChildProcess.Start(HarnessRun.Executable, ["load", "--json", "--server", server.EndPoint.ToString(), "--user", "u", "--password", "p", "--from", "20", "--seconds", "600"], environment);
        await process.WaitForLineAsync(line => line.Contains("\"second\":1", StringComparison.Ordinal), Token);

        var exitCode = await process.StopAsync(signal);

        var last = await process.WaitForLineAsync(line => line.Contains("\"summary\"", StringComparison.Ordinal), Token);
        Assert.Equal(0, exitCode);
        Assert.Contains("\"interrupted\":true", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Table_file_and_picture_tell_the_same_and_no_bar_is_drawn_into_a_pipe()
    {
        await using var server = ScriptedServer.Start();
        using var folder = new TemporaryFolder("load");
        var (csv, svg) = (folder["load.csv"], folder["load.svg"]);

        var run = await HarnessRun.RunAsync(
            ["load", "--server", server.EndPoint.ToString(), "--user", "u", "--password", "p", "--from", "50", "--seconds", "1.5", "--csv", csv, "--plot", svg], ScriptedServer.Secret);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Empty(run.Errors);
        var rows = await File.ReadAllLinesAsync(csv, Token);
        Assert.StartsWith("second,target,sent,answered,", rows[0], StringComparison.Ordinal);
        Assert.Equal(75, rows.Skip(1).Sum(row => int.Parse(row.Split(',')[2], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Matches(@"(?m)^ +1 +50 +\d+ ", run.Output);
        Assert.Contains("75 sent", run.Output, StringComparison.Ordinal);
        var picture = XDocument.Parse(await File.ReadAllTextAsync(svg, Encoding.UTF8, Token));
        var texts = picture.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToArray();
        Assert.All((string[])["requests per second", "latency in ms", "time in seconds", "wanted", "sent", "answered", "lost", "p50", "p95", "p99", "50"], text => Assert.Contains(text, texts, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData]
    [InlineData("--count", "0")]
    [InlineData("--to", "5")]
    [InlineData("--from", "0")]
    [InlineData("--from", "1", "--to", "100000", "--step", "1")]
    [InlineData("--count", "1", "--parallel", "0")]
    [InlineData("--count", "1", "--mix", "eap=1")]
    [InlineData("--count", "1", "--mix", "pap=0")]
    [InlineData("--count", "1", "--mix", "pap=1,pap=2")]
    [InlineData("--count", "1", "--tries", "11")]
    [InlineData("--count", "1", "--max-loss", "101")]
    [InlineData("--count", "1", "--acct-port", "0")]
    [InlineData("--count", "1", "--csv", "no-such-folder/file.csv")]
    [InlineData("--count", "1", "--users", "no-such-file")]
    public async Task Mistake_of_usage_ends_with_2_and_sends_nothing(params string[] arguments)
    {
        await using var server = ScriptedServer.Start();

        var run = await HarnessRun.RunAsync(["load", "--server", server.EndPoint.ToString(), "--user", "u{1..3}", "--password", "p", .. arguments], ScriptedServer.Secret);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: ", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Empty(server.Requests);
    }

    private static string Identity(Radius.Server.RadiusRequestContext context) => $"{context.Source} {context.Request.Identifier} {Convert.ToHexString(context.Request.Authenticator)}";

    private static uint StatusOf(RadiusPacket request) =>
        request.Attributes.TryGetFirst(RadiusAttributeType.AcctStatusType, out var value) ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(value) : 0;

    private static string Password(RadiusPacket request)
    {
        Span<byte> password = stackalloc byte[128];
        return request.TryGetUserPassword(Encoding.UTF8.GetBytes(ScriptedServer.Secret), password, out var length) ? Encoding.UTF8.GetString(password[..length]) : "";
    }
}
