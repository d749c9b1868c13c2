using System.Globalization;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary>FreeRADIUS' radclient and nac-harness with the same file, before the same server.</summary>
public sealed class RadclientTests
{
    private const string SignIn = """
        # Message-Authenticator as radclient wants it
        Message-Authenticator = 0x00
        User-Name = "al\"ice"
        User-Password = "won der,land"
        NAS-IP-Address = 192.0.2.7
        NAS-Port-Type = Wireless-802.11, NAS-Port = 12
        Calling-Station-Id = "02-00-00-00-00-01"
        Cisco-AVPair = "shell:priv-lvl=15, x"
        Cisco-AVPair += "second"
        Tunnel-Type:3 = VLAN
        Tunnel-Private-Group-Id:3 = "42"
        Framed-IPv6-Prefix = 2001:db8::/64
        Class = 0x00ff
        Proxy-State = 0x01
        Proxy-State += 0x02
        """;

    private const string Records = """
        Acct-Status-Type = Start
        Acct-Session-Id = "one"
        NAS-Identifier = "nas"
        Event-Timestamp = 1767225600

        Acct-Status-Type = Stop
        Acct-Session-Id = "one"
        NAS-Identifier = "nas"
        Event-Timestamp = 1767225660
        Acct-Input-Octets = 4294967295
        Acct-Terminate-Cause = User-Request
        """;

    private const string Change = """
        Acct-Session-Id = "one"
        User-Name = "alice"
        Session-Timeout = 600
        Event-Timestamp = 1767225600
        Message-Authenticator = 0x00
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, int> Files() => new()
    {
        { "auth", SignIn, 1 },
        { "acct", Records, 2 },
        { "coa", Change, 1 },
        { "disconnect", Change, 1 },
        { "status", "NAS-Identifier = \"nas\"\nMessage-Authenticator = 0x00\n", 1 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Same_file_gives_the_server_the_same_attributes(string verb, string file, int packets)
    {
        var radclient = Component.Require("radclient", "freeradius-utils");
        await using var server = CapturingServer.Start();
        using var folder = new TemporaryFolder("radclient");
        var path = folder.Write("request", file + "\n");

        await using var client = ChildProcess.Start(radclient, ["-x", "-r", "1", "-t", "5", "-f", path, server.EndPoint.ToString(), verb, CapturingServer.Secret]);
        var clientExit = await client.WaitForExitAsync(Token);
        var run = await server.SendAsync(verb, "--file", path);

        Assert.True(clientExit == 0, client.Output);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal(2 * packets, server.Requests.Count);
        for (var packet = 0; packet < packets; packet++)
        {
            Assert.Equal(Known(server.Requests[packet]), Known(server.Requests[packets + packet]), StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task Chap_password_in_clear_is_understood_as_radclient_does()
    {
        var radclient = Component.Require("radclient", "freeradius-utils");
        await using var aaa = await RunningAaa.StartAsync(Token);
        using var folder = new TemporaryFolder("radclient");
        var path = folder.Write("request", "User-Name = alice\nCHAP-Password = wonderland\nMessage-Authenticator = 0x00\n");

        await using var client = ChildProcess.Start(radclient, ["-x", "-r", "1", "-t", "5", "-f", path, aaa.EndPoint.ToString(), "auth", RunningAaa.Secret]);
        var run = await HarnessRun.RunAsync(["send", "auth", "--server", aaa.EndPoint.ToString(), "--file", path], RunningAaa.Secret);

        Assert.Equal(0, await client.WaitForExitAsync(Token));
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
    }

    [Fact]
    public async Task Both_tell_a_server_with_another_secret()
    {
        var radclient = Component.Require("radclient", "freeradius-utils");
        await using var server = CapturingServer.Start();
        using var folder = new TemporaryFolder("radclient");
        var path = folder.Write("request", Records);

        await using var client = ChildProcess.Start(radclient, ["-x", "-r", "1", "-t", "0.3", "-f", path, server.EndPoint.ToString(), "acct", "another"]);
        var exitCode = await client.WaitForExitAsync(Token);
        var before = server.Counters.Dropped(Radius.Server.RadiusDropReason.Unverified);
        var run = await HarnessRun.RunAsync(["send", "acct", "--server", server.EndPoint.ToString(), "--file", path, "--timeout", "0.3"], "another");

        Assert.NotEqual(0, exitCode);
        Assert.Equal(3, run.ExitCode);
        Assert.Empty(server.Requests);
        Assert.True(before > 0);
        Assert.Equal(before + 2, server.Counters.Dropped(Radius.Server.RadiusDropReason.Unverified));
    }

    /// <summary>What does not depend on chance. Order of different types means nothing (RFC 2865 section 5); that of equal ones is kept.</summary>
    private static IEnumerable<string> Known(RadiusPacket request) => CapturingServer.Lines(request)
        .Select(line => line.StartsWith("Message-Authenticator", StringComparison.Ordinal) ? "Message-Authenticator" : line)
        .OrderBy(line => line.Split(" = ")[0], StringComparer.Ordinal)
        .Prepend(((int)request.Code).ToString(CultureInfo.InvariantCulture));
}
