using System.Net;
using System.Text.Json;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary>Expectations, repeats, source, colour: what <c>send</c> promises scripts and people.</summary>
public sealed class SendExpectationTests
{
    [Theory]
    [InlineData("Session-Timeout", 0)]
    [InlineData("Session-Timeout=3600", 0)]
    [InlineData("Session-Timeout = 0xe10", 0)]
    [InlineData("Session-Timeout!=60", 0)]
    [InlineData("Tunnel-Private-Group-Id:1=42", 0)]
    [InlineData("Tunnel-Private-Group-Id", 0)]
    [InlineData("Tunnel-Password:1=opensesame", 0)]
    [InlineData("Class=0x00ff", 0)]
    [InlineData("Attr-25=0x00ff", 0)]
    [InlineData("Attr-25", 0)]
    [InlineData("Reply-Message=Welcome, all of you", 0)]
    [InlineData("!Idle-Timeout", 0)]
    [InlineData("!Session-Timeout", 1)]
    [InlineData("Session-Timeout=3601", 1)]
    [InlineData("Session-Timeout!=3600", 1)]
    [InlineData("Idle-Timeout", 1)]
    [InlineData("Tunnel-Private-Group-Id:2=42", 1)]
    [InlineData("Tunnel-Password:1=another", 1)]
    [InlineData("Tunnel-Password:2=opensesame", 1)]
    [InlineData("Attr-69=0x00", 1)]
    [InlineData("Attr-69!=0x00", 0)]
    [InlineData("Attr-26.311.26=0x01020304", 0)]
    [InlineData("Attr-26.311.26!=0x01020304", 1)]
    [InlineData("Attr-26.311.26=0x00", 1)]
    public async Task Expected_attribute_decides(string expectation, int exitCode)
    {
        await using var server = CapturingServer.Start(Limits);

        var run = await server.SendAsync("auth", "User-Name=alice", "--expect-attr", expectation);

        Assert.True(run.ExitCode == exitCode, run.Output + run.Errors);
        Assert.Equal(exitCode == 1, run.Errors.Contains("WRONG", StringComparison.Ordinal));
        Assert.DoesNotContain("opensesame", run.Output + run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("another", run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_can_be_what_is_expected()
    {
        await using var silent = CapturingServer.Start(_ => null);
        await using var talking = CapturingServer.Start();

        var silence = await silent.SendAsync("auth", "User-Name=alice", "--expect", "none", "--timeout", "0.3");
        var talk = await talking.SendAsync("auth", "User-Name=alice", "--expect", "none");

        Assert.Equal((0, 1), (silence.ExitCode, talk.ExitCode));
        Assert.Empty(silence.Errors);
        Assert.Contains("none was expected, and the outcome is accept", talk.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repeats_are_counted_with_their_times()
    {
        await using var server = CapturingServer.Start();

        var run = await server.SendAsync("acct", "start", "--repeat", "50", "--parallel", "4");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal(50, server.Requests.Count);
        Assert.Matches(@"50 exchanges in \d+\.\d+ s, \d+ a second, \d+ datagrams sent:", run.Output);
        Assert.Matches(@"(?m)^  response +50$", run.Output);
        Assert.Matches(@"min \d+\.\d ms, median \d+\.\d ms, p95 \d+\.\d ms, max \d+\.\d ms", run.Output);
        Assert.Contains("As expected: 50 of 50", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_of_several_is_an_object_a_line_and_the_summary_last()
    {
        var turn = 0;
        await using var server = CapturingServer.Start(context => context.CreateReply(++turn % 2 == 0 ? RadiusCode.AccessReject : RadiusCode.AccessAccept));

        var run = await server.SendAsync("auth", "User-Name=alice", "--repeat", "4", "--json");

        Assert.Equal(1, run.ExitCode);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.Clone()).ToArray();
        Assert.Equal([1, 2, 3, 4], lines[..4].Select(line => line.GetProperty("number").GetInt32()));
        Assert.Equal("summary", lines[4].GetProperty("event").GetString());
        Assert.Equal((4, 2, 2), (lines[4].GetProperty("exchanges").GetInt32(), lines[4].GetProperty("asExpected").GetInt32(), lines[4].GetProperty("outcomes").GetProperty("reject").GetInt32()));
        Assert.True(lines[4].GetProperty("milliseconds").GetProperty("p95").GetDouble() > 0);
    }

    [Fact]
    public async Task Interrupted_run_ends_with_the_figures_of_what_was_done()
    {
        await using var server = CapturingServer.Start();
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["NAC_HARNESS_SECRET"] = CapturingServer.Secret };
        await using var process = ChildProcess.Start(
            HarnessRun.Executable, ["send", "auth", "--server", server.EndPoint.ToString(), "User-Name=alice", "--repeat", "100000", "--json"], environment);
        await process.WaitForLineAsync(line => line.Contains("\"number\":3,", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var exitCode = await process.StopAsync("INT");

        Assert.Equal(3, exitCode);
        var summary = JsonDocument.Parse(await process.WaitForLineAsync(line => line.Contains("\"event\":\"summary\"", StringComparison.Ordinal), TestContext.Current.CancellationToken)).RootElement;
        Assert.InRange(summary.GetProperty("exchanges").GetInt32(), 3, 99_999);
        Assert.Equal(100_000, summary.GetProperty("planned").GetInt32());
    }

    [Fact]
    public async Task Wrong_answer_weighs_more_than_a_missing_one()
    {
        await using var server = CapturingServer.Start(context => context.Request.UserName switch
        {
            "silent" => null,
            "reject" => context.CreateReply(RadiusCode.AccessReject),
            _ => context.CreateReply(RadiusCode.AccessAccept),
        });

        var missing = await server.SendInputAsync("auth", "User-Name = alice\n\nUser-Name = silent\n", "--timeout", "0.3");
        var both = await server.SendInputAsync("auth", "User-Name = reject\n\nUser-Name = silent\n", "--timeout", "0.3");

        Assert.Equal((3, 1), (missing.ExitCode, both.ExitCode));
        Assert.Contains("error: exchange 2: no answer", missing.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_and_identifier_are_those_that_are_given()
    {
        var source = new TaskCompletionSource<IPEndPoint>();
        await using var server = CapturingServer.Start(context =>
        {
            source.TrySetResult(context.Source);
            return context.CreateReply(RadiusCode.AccessAccept);
        });
        var port = FreePorts.Udp();

        var run = await server.SendAsync("auth", "User-Name=alice", "--from", FormattableString.Invariant($"127.0.0.3:{port}"), "--id", "77");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal(new IPEndPoint(IPAddress.Parse("127.0.0.3"), port), await source.Task);
        Assert.Equal(77, Assert.Single(server.Requests).Identifier);
    }

    [Theory]
    [InlineData("always", true)]
    [InlineData("never", false)]
    [InlineData("auto", false)]
    public async Task Colour_is_for_terminals_unless_it_is_asked_for(string choice, bool isColoured)
    {
        await using var server = CapturingServer.Start();

        var run = await server.SendAsync("auth", "User-Name=alice", "--color", choice);

        Assert.Equal(isColoured, run.Output.Contains("\u001b[32mAccess-Accept", StringComparison.Ordinal));
        Assert.Equal(isColoured, run.Output.Contains('\u001b', StringComparison.Ordinal));
    }

    private static RadiusPacket Limits(RadiusRequestContext context) => CapturingServer.Reply(
        context, RadiusCode.AccessAccept, "Session-Timeout = 3600", "Tunnel-Private-Group-Id:1 = \"42\"", "Tunnel-Password:1 = opensesame", "MS-CHAP2-Success = 0x01020304", "Class = 0x00ff", "Reply-Message = \"Welcome, all of you\"");
}
