using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary><c>nac-harness aaa</c> with a scenario, a record of it, and a replay.</summary>
public sealed class AaaScenarioTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Seeds(string name) => Path.Combine(Repository.Root, "seeds", "scenarios", name);

    [Fact]
    public async Task The_first_line_names_scenario_and_seed_and_each_fault_is_a_line()
    {
        await using var aaa = await RunningAaa.StartAsync(Token, "--scenario", Seeds("blastradius.json"), "--seed", "7");

        var run = await aaa.SendAsync("eve", "anything", "--timeout", "0.3");

        Assert.NotEqual(0, run.ExitCode);
        await aaa.StopAsync(Token);
        Assert.Equal(("blastradius", 7), (aaa.Lines[0].GetProperty("scenario").GetString(), aaa.Lines[0].GetProperty("seed").GetInt32()));
        var fault = aaa.Lines.First(line => line.GetProperty("event").GetString() == "fault");
        Assert.Equal(("auth", 1, "eve", "no Message-Authenticator", "blastradius"), (
            fault.GetProperty("port").GetString(), fault.GetProperty("number").GetInt32(), fault.GetProperty("userName").GetString(), fault.GetProperty("step").GetString(), fault.GetProperty("faults")[0].GetString()));
    }

    [Fact]
    public async Task A_full_disk_ends_the_record_and_not_the_server()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Only Linux has a disk that is always full.");
        await using var aaa = await RunningAaa.StartAsync(Token, "--record", "/dev/full");

        Assert.Equal(0, (await aaa.SendAsync("alice", "wonderland")).ExitCode);
        Assert.Equal(0, (await aaa.SendAsync("alice", "wonderland")).ExitCode);

        Assert.Equal(1, await aaa.StopAsync(Token));
        Assert.Single(aaa.Process.Output.Split('\n'), line => line.StartsWith("error: --record: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_seed_that_was_not_given_is_drawn_and_named()
    {
        await using var aaa = await RunningAaa.StartAsync(Token, "--scenario", Seeds("loss.json"));

        Assert.True(aaa.Lines[0].GetProperty("seed").GetInt64() >= 0);
    }

    [Fact]
    public async Task A_recorded_run_is_answered_again_for_other_requests_without_users()
    {
        using var folder = new TemporaryFolder("replay");
        var file = folder["run.trace"];
        await using (var recorded = await RunningAaa.StartAsync(Token, "--record", file, "--reject-delay", "0"))
        {
            Assert.Equal(0, (await recorded.SendAsync("alice", "wonderland")).ExitCode);
            Assert.Equal(0, (await recorded.SendAsync("eve", "anything", "--expect", "reject")).ExitCode);
            await recorded.StopAsync(Token);
        }

        var text = await File.ReadAllTextAsync(file, Token);
        Assert.DoesNotContain(RunningAaa.Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes("wonderland")), text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        await using var replay = await RunningAaa.StartAsync(Token, "--replay", file);
        var first = await replay.SendAsync("somebody", "else");
        var second = await replay.SendAsync("somebody", "else", "--expect", "reject");

        Assert.True(first.ExitCode == 0, first.Output + first.Errors);
        Assert.Contains("Session-Timeout = 28800", first.Output, StringComparison.Ordinal);
        Assert.Equal(0, second.ExitCode);
        Assert.Contains("Your account is locked", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_of_another_secret_is_not_replayed_unless_verbatim()
    {
        using var folder = new TemporaryFolder("replay");
        var file = folder["run.trace"];
        await using (var recorded = await RunningAaa.StartAsync(Token, "--record", file))
        {
            await recorded.SendAsync("alice", "wonderland");
            await recorded.StopAsync(Token);
        }

        var run = await HarnessRun.RunAsync(["aaa", "--replay", file, "--listen", "127.0.0.1:0"], "another secret");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Give the secret of the run, or --verbatim", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--scenario cannot-be-found.json", "cannot be read")]
    [InlineData("--seed many", "--seed takes a whole number")]
    [InlineData("--record /cannot/be/made", "Give a file that can be written to")]
    [InlineData("--replay cannot-be-found", "cannot be read")]
    [InlineData("--replay a --record b", "Give it alone")]
    [InlineData("--verbatim", "--verbatim is for --replay")]
    [InlineData("--reject-delay -1", "--reject-delay takes 0 to 60 seconds")]
    [InlineData("--tls-listen bogus --tls-ca x", "--tls-listen: bogus is no ADDRESS:PORT")]
    public async Task What_cannot_be_done_is_said(string arguments, string message)
    {
        var run = await HarnessRun.RunAsync(["aaa", "--users", RunningAaa.Users, "--listen", "127.0.0.1:0", .. arguments.Split(' ')], RunningAaa.Secret);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_example_of_a_scenario_starts()
    {
        foreach (var path in Directory.EnumerateFiles(Seeds(""), "*.json").Where(path => !path.EndsWith("users.json", StringComparison.Ordinal)))
        {
            await using var aaa = await RunningAaa.StartAsync(Token, "--scenario", path, "--seed", "1");
            Assert.Equal(JsonValueKind.String, aaa.Lines[0].GetProperty("scenario").ValueKind);
        }
    }

    /// <summary>The promise of the seed as a person meets it: two processes, the same datagrams, two files.</summary>
    [Fact]
    public async Task Two_runs_by_one_seed_record_the_same_octets_and_another_seed_others()
    {
        using var folder = new TemporaryFolder("seed");

        var first = await RecordAsync(folder["1"], "42");
        var second = await RecordAsync(folder["2"], "42");
        var third = await RecordAsync(folder["3"], "43");

        Assert.Equal(first, second, StringComparer.Ordinal);
        Assert.NotEqual(first.Split('\n')[1..], third.Split('\n')[1..]);
        Assert.Contains("\"lost\":true", first, StringComparison.Ordinal);
        Assert.Contains("\"out\":", first, StringComparison.Ordinal);
    }

    /// <summary>Rejections leave more than a second later, while other requests come and are answered: what is first is chance, and not in the record.</summary>
    [Fact]
    public async Task Two_runs_by_one_seed_record_the_same_octets_though_their_answers_overtake_one_another()
    {
        using var folder = new TemporaryFolder("seed");

        var first = await RunAsync(folder["1"], TimeSpan.Zero);
        var second = await RunAsync(folder["2"], TimeSpan.FromMilliseconds(150));

        Assert.Equal(first, second, StringComparer.Ordinal);
        var numbers = first.Split('\n').Where(line => line.StartsWith("{\"port\"", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("n").GetInt32());
        Assert.Equal(Enumerable.Range(1, 12).SelectMany(n => new[] { n, n }), numbers);

        static async Task<string> RunAsync(string file, TimeSpan pause)
        {
            await using var aaa = await RunningAaa.StartAsync(Token, "--seed", "42", "--record", file);
            using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            for (var n = 1; n <= 12; n++)
            {
                await socket.SendAsync(Request(n, n % 3 == 0 ? "wonderland" : "wrong"), aaa.EndPoint, Token);
                await UntilAsync(async () => (await ReadAsync(file)).Contains($"\"n\":{n},\"in\"", StringComparison.Ordinal));
                await Task.Delay(pause, TimeProvider.System, Token);
            }

            await UntilAsync(async () => (await ReadAsync(file)).Split("\"out\"").Length == 13);
            Assert.Equal(0, await aaa.StopAsync(Token));
            return await ReadAsync(file);
        }
    }

    [Theory]
    [InlineData("wrong-authenticator")]
    [InlineData("wrong-message-authenticator")]
    [InlineData("garbage")]
    [InlineData("oversized")]
    public async Task A_run_whose_every_reply_was_wrong_is_replayed_all_the_same(string fault)
    {
        using var folder = new TemporaryFolder("replay");
        var scenario = folder["scenario.json"];
        await File.WriteAllTextAsync(scenario, $$"""{ "name": "all", "steps": [ { "faults": [ { "fault": "{{fault}}" } ] } ] }""", Token);
        await using (var recorded = await RunningAaa.StartAsync(Token, "--scenario", scenario, "--record", folder["run.trace"]))
        {
            Assert.Equal(3, (await recorded.SendAsync("alice", "wonderland", "--timeout", "0.3")).ExitCode);
            await recorded.StopAsync(Token);
        }

        await using var replay = await RunningAaa.StartAsync(Token, "--replay", folder["run.trace"]);

        Assert.Equal(3, (await replay.SendAsync("alice", "wonderland", "--timeout", "0.3")).ExitCode);
    }

    [Theory]
    [InlineData("--reject-delay", "99")]
    [InlineData("--tls-listen", "127.0.0.1:0")]
    [InlineData("--listen", "192.0.2.1:0")]
    public async Task A_mistake_elsewhere_leaves_the_record_of_another_run_alone(string option, string value)
    {
        using var folder = new TemporaryFolder("record");
        await File.WriteAllTextAsync(folder["keep.trace"], "kept", Token);

        var run = await HarnessRun.RunAsync(["aaa", "--users", RunningAaa.Users, "--record", folder["keep.trace"], .. option == "--listen" ? [] : new[] { "--listen", "127.0.0.1:0" }, option, value], RunningAaa.Secret);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("kept", await File.ReadAllTextAsync(folder["keep.trace"], Token));
    }

    private static async Task<string> RecordAsync(string file, string seed)
    {
        await using var aaa = await RunningAaa.StartAsync(Token, "--scenario", Seeds("loss.json"), "--seed", seed, "--record", file, "--reject-delay", "0");
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        for (var n = 1; n <= 40; n++)
        {
            await socket.SendAsync(Request(n), aaa.EndPoint, Token);
            await UntilAsync(async () => (await ReadAsync(file)).Contains($"\"n\":{n},\"in\"", StringComparison.Ordinal));
        }

        await aaa.StopAsync(Token);
        return await ReadAsync(file);
    }

    private static byte[] Request(int number, string? password = null)
    {
        var secret = Encoding.UTF8.GetBytes(RunningAaa.Secret);
        var packet = new RadiusPacket(RadiusCode.AccessRequest, (byte)number);
        new Random(number).NextBytes(packet.Authenticator);
        packet.AddMessageAuthenticator();
        packet.UserName = password is not null || number % 2 == 0 ? "alice" : "bob";
        packet.AddUserPassword(Encoding.UTF8.GetBytes(password ?? (number % 2 == 0 ? "wonderland" : "builder")), secret);
        var octets = new byte[packet.EncodedLength];
        packet.WriteTo(octets);
        Authenticators.SignRequest(octets, secret);
        return octets;
    }

    private static async Task<string> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Token);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, "The request was not recorded.");
            await Task.Yield();
        }
    }

    /// <summary>BLAST-16: one second at least unless told otherwise.</summary>
    [Fact]
    [Requirement("BLAST-16")]
    public async Task A_rejection_waits_by_default_and_an_acceptance_does_not()
    {
        await using var aaa = await RunningAaa.StartAsync(Token);
        var began = TimeProvider.System.GetTimestamp();

        var run = await aaa.SendAsync("eve", "anything", "--expect", "reject", "--timeout", "10");

        Assert.Equal(0, run.ExitCode);
        Assert.True(TimeProvider.System.GetElapsedTime(began) >= TimeSpan.FromSeconds(1));
    }
}
