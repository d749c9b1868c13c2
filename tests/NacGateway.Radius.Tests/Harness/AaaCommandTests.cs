using System.Globalization;
using System.Text.Json;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary><c>nac-harness aaa</c>, asked by its own client and by FreeRADIUS' radclient.</summary>
public sealed class AaaCommandTests
{
    private const string Signed = ",Message-Authenticator=0x00";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("pap")]
    [InlineData("chap")]
    [InlineData("mschapv2")]
    public async Task Own_client_signs_in_by_each_method(string method)
    {
        await using var aaa = await RunningAaa.StartAsync(Token);

        var run = await aaa.SendAsync("alice", "wonderland", "--method", method);

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("Session-Timeout = 28800", run.Output, StringComparison.Ordinal);
        Assert.Equal(method == "mschapv2", run.Output.Contains("MS-CHAP2-Success: right", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_answer_is_a_line_and_the_end_a_summary()
    {
        await using var aaa = await RunningAaa.StartAsync(Token);
        var challenged = await aaa.SendAsync("bob", "builder", "--otp", "123456");
        var rejected = await aaa.SendAsync("eve", "anything", "--expect", "reject");

        var exitCode = await aaa.StopAsync(Token);

        Assert.Equal((0, 0, 0), (challenged.ExitCode, rejected.ExitCode, exitCode));
        Assert.Equal(["listening", "answered", "answered", "answered", "stopped"], aaa.Lines.Select(line => line.GetProperty("event").GetString()!), StringComparer.Ordinal);
        Assert.Equal(["Access-Challenge", "Access-Accept", "Access-Reject"], aaa.Lines.Skip(1).Take(3).Select(line => line.GetProperty("answer").GetString()!), StringComparer.Ordinal);
        Assert.Equal((1, 1, 1), (Count(aaa.Lines[4], "accepted"), Count(aaa.Lines[4], "rejected"), Count(aaa.Lines[4], "challenged")));
    }

    [Fact]
    public async Task Neither_password_nor_secret_nor_code_is_in_its_output()
    {
        await using var aaa = await RunningAaa.StartAsync(Token);
        await aaa.SendAsync("bob", "builder", "--otp", "123456");
        await aaa.SendAsync("alice", "a wrong password");

        await aaa.StopAsync(Token, "INT");

        Assert.Equal(5, aaa.Lines.Count);
        Assert.All(["builder", "123456", "a wrong password", RunningAaa.Secret], hidden => Assert.DoesNotContain(hidden, aaa.Process.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_for_people_name_the_address_first_and_escape_names_from_the_network()
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["NAC_HARNESS_SECRET"] = RunningAaa.Secret };
        await using var process = ChildProcess.Start(HarnessRun.Executable, ["aaa", "--users", RunningAaa.Users, "--listen", "127.0.0.1:0"], environment);
        var first = await process.WaitForLineAsync(_ => true, Token);
        var endPoint = first.Split(' ')[2];

        await HarnessRun.RunAsync(["send", "auth", "--server", endPoint, "--user", "mal\u001b[2J\nlory", "--password", "x"], RunningAaa.Secret);

        Assert.Matches(@"^Listening on 127\.0\.0\.1:\d+ with 4 users, for 127\.0\.0\.0/8, ::1/128\.", first);
        var line = await process.WaitForLineAsync(text => text.StartsWith("Access-Reject", StringComparison.Ordinal), Token);
        Assert.DoesNotContain('\u001b', line);
        Assert.Contains("lory\"", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("User-Password")]
    [InlineData("CHAP-Password")]
    public async Task Radclient_is_accepted(string attribute)
    {
        var radclient = Component.Require("radclient", "freeradius-utils");
        await using var aaa = await RunningAaa.StartAsync(Token);
        using var folder = new TemporaryFolder("harness");

        await using var client = Ask(radclient, folder, aaa, $"User-Name=alice,{attribute}=wonderland{Signed}");

        Assert.Equal(0, await client.WaitForExitAsync(Token));
        Assert.Contains("Received Access-Accept", client.Output, StringComparison.Ordinal);
        Assert.Contains("Session-Timeout = 28800", client.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Radclient_without_message_authenticator_is_dropped_and_that_is_told()
    {
        var radclient = Component.Require("radclient", "freeradius-utils");
        await using var aaa = await RunningAaa.StartAsync(Token);
        using var folder = new TemporaryFolder("harness");

        await using var client = Ask(radclient, folder, aaa, "User-Name=alice,User-Password=wonderland", patience: 1);

        Assert.NotEqual(0, await client.WaitForExitAsync(Token));
        await aaa.StopAsync(Token);
        Assert.Contains(aaa.Process.Output.Split('\n'), line => line.StartsWith("warning: ", StringComparison.Ordinal) && line.Contains("MissingMessageAuthenticator", StringComparison.Ordinal));
        Assert.Equal(1, Count(aaa.Lines[^1].GetProperty("dropped"), "MissingMessageAuthenticator"));
    }

    [Fact]
    public async Task Radclient_without_message_authenticator_is_answered_where_that_is_allowed()
    {
        var radclient = Component.Require("radclient", "freeradius-utils");
        await using var aaa = await RunningAaa.StartAsync(Token, "--allow-missing-message-authenticator");
        using var folder = new TemporaryFolder("harness");

        await using var client = Ask(radclient, folder, aaa, "User-Name=alice,User-Password=wonderland");

        Assert.Equal(0, await client.WaitForExitAsync(Token));
        Assert.Contains("Received Access-Accept", client.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_that_is_not_named_is_not_answered()
    {
        await using var aaa = await RunningAaa.StartAsync(Token, "--client", "192.0.2.0/24");

        var run = await aaa.SendAsync("alice", "wonderland", "--timeout", "0.5");

        await aaa.StopAsync(Token);
        Assert.Equal(3, run.ExitCode);
        Assert.Equal(1, Count(aaa.Lines[^1].GetProperty("dropped"), "UnknownSource"));
    }

    [Fact]
    public async Task Port_in_use_is_told_with_its_remedy()
    {
        await using var aaa = await RunningAaa.StartAsync(Token);

        var run = await HarnessRun.RunAsync(["aaa", "--users", RunningAaa.Users, "--listen", aaa.EndPoint.ToString()], RunningAaa.Secret);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{aaa.EndPoint}: the port is in use", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("users.json", "{ \"users\": [ { \"name\": \"alice\" } ] }", "alice")]
    [InlineData("users.json", "{ \"users\": [ ", "users.json")]
    [InlineData("users", "alice Cleartext-Pasword := \"x\"", "Cleartext-Pasword")]
    public async Task Users_file_that_cannot_be_used_is_named_with_the_place(string name, string content, string told)
    {
        using var folder = new TemporaryFolder("harness");

        var run = await HarnessRun.RunAsync(["aaa", "--users", folder.Write(name, content), "--listen", "127.0.0.1:0"], RunningAaa.Secret);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("0.0.0.0:0")]
    [InlineData("[::]:0")]
    [InlineData("[::ffff:0.0.0.0]:0")]
    public async Task Every_interface_is_refused_unless_it_is_meant(string listen)
    {
        var run = await HarnessRun.RunAsync(["aaa", "--users", RunningAaa.Users, "--listen", listen], RunningAaa.Secret);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--any-interface", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_interface_is_served_when_it_is_meant()
    {
        await using var aaa = await RunningAaa.StartAsync(Token, "--listen", "0.0.0.0:0", "--any-interface");

        var run = await HarnessRun.RunAsync(
            ["send", "auth", "--server", "127.0.0.1:" + aaa.EndPoint.Port.ToString(CultureInfo.InvariantCulture), "--user", "alice", "--password", "wonderland"], RunningAaa.Secret);

        Assert.Equal(0, run.ExitCode);
    }

    private static long Count(JsonElement line, string name) => line.GetProperty(name).GetInt64();

    private static ChildProcess Ask(string radclient, TemporaryFolder folder, RunningAaa aaa, string attributes, int patience = 5) =>
        ChildProcess.Start(radclient, ["-x", "-r", "1", "-t", patience.ToString(CultureInfo.InvariantCulture), "-f", folder.Write("request", attributes + "\n"), aaa.EndPoint.ToString(), "auth", RunningAaa.Secret]);
}
