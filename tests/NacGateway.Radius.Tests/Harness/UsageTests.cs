using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary>What the harness says to commands that cannot be carried out: exit code 2, a remedy on standard error, and never the secret.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("decode", "0g")]
    [InlineData("decode", "012")]
    [InlineData("decode")]
    [InlineData("decode", "01", "--request-authenticator", "0102")]
    [InlineData("decode", "01", "--no-such-option")]
    [InlineData("no-such-verb")]
    [InlineData("aaa", "--secret", "s")]
    [InlineData("aaa", "--secret", "s", "--users", "no-such-file")]
    [InlineData("aaa", "--users", "no-such-file", "--listen", "127.0.0.1:0")]
    [InlineData("aaa", "--secret", "s", "--users", "no-such-file", "--listen", "localhost")]
    [InlineData("aaa", "--secret", "s", "--users", "no-such-file", "--listen", "127.0.0.1")]
    [InlineData("aaa", "--secret", "s", "--users", "no-such-file", "--client", "192.0.2.0/33")]
    [InlineData("aaa", "--secret", "s", "--users", "no-such-file", "--client", "everybody")]
    [InlineData("send")]
    [InlineData("send", "auth")]
    [InlineData("send", "auth", "--user", "u", "--password", "p", "--secret", "s", "--server", "127.0.0.1:99999")]
    [InlineData("send", "auth", "--user", "u", "--password", "p", "--server", "127.0.0.1")]
    [InlineData("send", "auth", "--user", "u", "--secret", "s", "--server", "127.0.0.1")]
    [InlineData("send", "auth", "--user", "", "--password", "p", "--secret", "s", "--server", "127.0.0.1")]
    [InlineData("send", "auth", "--user", "u", "--password", "p", "--password-stdin", "--secret", "s", "--server", "127.0.0.1")]
    [InlineData("send", "auth", "--user", "u", "--password", "p", "--secret", "s", "--server", "127.0.0.1", "--method", "eap")]
    [InlineData("send", "auth", "--user", "u", "--password", "p", "--secret", "s", "--server", "127.0.0.1", "--expect", "anything")]
    [InlineData("send", "auth", "--user", "u", "--password", "p", "--secret", "s", "--server", "127.0.0.1", "--timeout", "0")]
    [InlineData("send", "auth", "--user", "u", "--password", "p", "--secret", "s", "--server", "127.0.0.1", "-a", "No-Such-Attribute=1")]
    [InlineData("send", "auth", "--user", "u", "--password", "p", "--secret", "s", "--server", "127.0.0.1", "-a", "Session-Timeout=long")]
    [InlineData("send", "auth", "--user", "u", "--password", "p", "--secret", "s", "--server", "127.0.0.1", "-a", "Attr-80=0x00")]
    [InlineData("send", "auth", "--user", "u", "--password", "p", "--secret", "s", "--server", "127.0.0.1", "-a", "Cleartext-Password=x")]
    [InlineData()]
    public async Task Mistake_of_usage_ends_with_2_and_prints_no_result(params string[] arguments)
    {
        var run = await HarnessRun.RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: ", run.Errors, StringComparison.Ordinal);
        Assert.Contains("--help", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("decode")]
    [InlineData("send", "auth")]
    [InlineData("aaa")]
    [InlineData("load")]
    [InlineData("nas")]
    public async Task Help_of_a_verb_shows_an_example(params string[] verb)
    {
        var run = await HarnessRun.RunAsync([.. verb, "--help"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Example:", run.Output, StringComparison.Ordinal);
        Assert.Contains("nac-harness " + string.Join(' ', verb), run.Output[run.Output.IndexOf("Example:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("--json", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Word_too_many_is_not_repeated_for_it_may_be_a_password()
    {
        var run = await HarnessRun.RunAsync("send", "auth", "--server", "127.0.0.1", "--user", "alice", "wonderland");

        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain("wonderland", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auth")]
    [InlineData("coa")]
    public async Task Option_that_there_is_not_is_named_although_words_are_taken(string verb)
    {
        var run = await HarnessRun.RunAsync(["send", verb, "--server", "127.0.0.1", "Acct-Session-Id=1", "--no-such-option=wonderland"], "secret");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("There is no option --no-such-option here", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("wonderland", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_name_without_an_address_is_told()
    {
        // Longer than a name can be: no resolver has to be asked.
        var run = await HarnessRun.RunAsync(["send", "auth", "--server", new string('x', 300), "--user", "alice", "--password", "p"], "secret");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("has no address", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_larger_than_a_packet_is_refused_before_it_is_sent()
    {
        var attributes = Enumerable.Range(0, 20).SelectMany(_ => new[] { "-a", "Connect-Info=" + new string('x', 250) });

        var run = await HarnessRun.RunAsync(["send", "auth", "--server", "127.0.0.1", "--user", "alice", "--password", "p", .. attributes], "secret");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("4096", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--users", "")]
    [InlineData("--users", "seeds", "--scenario", "")]
    [InlineData("--users", "seeds", "--record", "")]
    [InlineData("--users", "seeds", "--accounting-file", "")]
    [InlineData("--replay", "")]
    public async Task A_file_without_a_name_is_a_mistake_of_usage(params string[] options)
    {
        var run = await HarnessRun.RunAsync(["aaa", "--listen", "127.0.0.1:0", .. options.Select(option => option == "seeds" ? RunningAaa.Users : option)], "secret");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: " + options[^2] + ":", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scenario_with_half_a_character_is_a_mistake_of_usage()
    {
        using var folder = new TemporaryFolder("harness");
        var file = folder.Write("half.json", """{ "name": "\ud800", "steps": [] }""");

        var run = await HarnessRun.RunAsync(["aaa", "--listen", "127.0.0.1:0", "--users", RunningAaa.Users, "--scenario", file], "secret");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: --scenario: " + file, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--csv")]
    [InlineData("--plot")]
    public async Task A_disk_that_is_full_ends_with_a_word_and_2(string option)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Only Linux has a disk that is always full.");
        await using var server = CapturingServer.Start();

        var run = await HarnessRun.RunAsync(
            ["load", "--server", server.EndPoint.ToString(), "--user", "alice", "--password", "p", "--count", "3", option, "/dev/full"], CapturingServer.Secret);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: ", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_printed()
    {
        var run = await HarnessRun.RunAsync("--version");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^\d+\.\d+", run.Output);
    }

    [Fact]
    public async Task Secret_given_twice_is_refused_and_not_repeated()
    {
        var run = await HarnessRun.RunAsync(["decode", "01", "--secret", "one-secret"], "other-secret");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--secret and by NAC_HARNESS_SECRET", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("one-secret", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("other-secret", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xyzzy5461", 0)]
    [InlineData("xyzzy5461\n", 0)]
    [InlineData("xyzzy5461 ", 1)]
    [InlineData("", 2)]
    [InlineData("\n", 2)]
    public async Task Secret_file_is_taken_as_it_is_but_for_its_last_line_end(string content, int exitCode)
    {
        using var folder = new TemporaryFolder("harness");
        var file = folder.Write("secret", content);

        var run = await HarnessRun.RunAsync(
            "decode", "0200002686fe220e7624ba2a1005f6bf9b55e0b20606000000010f06000000000e06c0a80103",
            "--request-authenticator", "0f403f9473978057bd83d5cb98f4227a", "--secret-file", file);

        Assert.Equal(exitCode, run.ExitCode);
    }

    [Fact]
    public async Task Secret_file_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder("harness");

        var run = await HarnessRun.RunAsync("decode", "01", "--secret-file", folder["nothing"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(folder["nothing"], run.Errors, StringComparison.Ordinal);
    }
}
