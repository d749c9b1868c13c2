using System.Globalization;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa;

/// <summary>FreeRADIUS' own client asks our server, and FreeRADIUS itself says how a users file is meant.</summary>
public sealed class FreeRadiusComparisonTests
{
    private const string Users = """
        DEFAULT NAS-Identifier == "lobby"
            Idle-Timeout = 10,
            Filter-Id = "first",
            Filter-Id = "second",
            Filter-Id = "third",
            Fall-Through = Yes

        alice   NAS-Identifier != "garden", Cleartext-Password := "wonder\"land"
            Idle-Timeout = 20,
            Session-Timeout := 30,
            Filter-Id := "fourth",
            Filter-Id := "fifth",
            Class += 0x00ff,
            Reply-Message = 'single \' 100%',

            # a comment between
            Reply-Message = "tab\tquote\"",
            Cisco-AVPair = "ip:inacl#1=permit",
            Tunnel-Type:1 = VLAN,
            Tunnel-Private-Group-Id:1 = "42",
            Fall-Through = Yes

        alice   Service-Type == Framed-User
            Session-Timeout := 40,
            Class += 0x01   # beside the other

        "eve the second" Auth-Type := Reject
            Reply-Message = "See the desk."

        guest   Auth-Type := Accept
            Framed-IP-Address = 192.0.2.9

        DEFAULT Cleartext-Password := "everybody"
            Idle-Timeout := 50,
            Reply-Message += "last"

        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("User-Name=alice,User-Password='wonder\"land'", "Access-Accept", "Session-Timeout = 60")]
    [InlineData("User-Name=alice,CHAP-Password='wonder\"land'", "Access-Accept", "Filter-Id = \"staff\"")]
    [InlineData("User-Name=alice,User-Password=wrong", "Access-Reject", "Message-Authenticator")]
    [InlineData("User-Name=alice,CHAP-Password=wrong", "Access-Reject", "Message-Authenticator")]
    [InlineData("User-Name=eve,User-Password=x", "Access-Reject", "Reply-Message = \"no\"")]
    [InlineData("User-Name=bob,User-Password=builder", "Access-Challenge", "Prompt = No-Echo")]
    public async Task Radclient_understands_the_answers(string request, string answer, string attribute)
    {
        await using var rig = AaaRig.Start("""
            alice Cleartext-Password := "wonder\"land"
                Session-Timeout = 60,
                Filter-Id = staff
            eve   Auth-Type := Reject
                Reply-Message = "no"
            bob   Cleartext-Password := "builder", One-Time-Code := "1"
            """);

        var output = await AskAsync(rig, request);

        Assert.Contains($"Received {answer} ", output, StringComparison.Ordinal);
        Assert.Contains(attribute, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_users_file_means_the_same_to_FreeRADIUS()
    {
        await using var rig = AaaRig.Start(Users);
        await using var freeRadius = await FreeRadiusServer.StartAsync(new FreeRadiusOptions { Users = Users, Secret = AaaRig.Secret.Replace(' ', '-') }, Token);
        string[] requests =
        [
            "User-Name=alice,User-Password=everybody,NAS-Identifier=lobby",
            "User-Name=alice,CHAP-Password=everybody,NAS-Identifier=attic",
            "User-Name=alice,User-Password='wonder\"land',NAS-Identifier=lobby,Service-Type=Framed-User",
            "User-Name=alice,User-Password='wonder\"land',NAS-Identifier=attic,Service-Type=Framed-User",
            "User-Name=alice,User-Password='wonder\"land',NAS-Identifier=attic",
            "User-Name=alice,User-Password=everybody,NAS-Identifier=garden",
            "User-Name=alice,User-Password=everybody",
            "User-Name='eve the second',User-Password=everybody",
            "User-Name=guest,User-Password=whatever",
            "User-Name=nobody,CHAP-Password=everybody,NAS-Identifier=lobby",
            "User-Name=nobody,User-Password='wonder\"land'",
        ];

        foreach (var request in requests)
        {
            var expected = Answer(await freeRadius.AskAsync(request, Token));
            var actual = Answer(await AskAsync(rig, request));

            // FreeRADIUS sends a user's attributes along with a wrong password too; ours does not, for they tell that there is one.
            var compared = expected[0] == "Access-Accept" || request.Contains("'eve", StringComparison.Ordinal) ? expected : expected[..1];
            Assert.True(compared.SequenceEqual(actual, StringComparer.Ordinal), $"{request}\nFreeRADIUS: {string.Join("; ", expected)}\nours: {string.Join("; ", actual)}");
        }
    }

    private static async Task<string> AskAsync(AaaRig rig, string attributes)
    {
        var client = Component.Require("radclient", "freeradius-utils");
        using var folder = new TemporaryFolder("radclient");
        var request = folder.Write("request", $"Message-Authenticator=0x00,{attributes}\n");
        var server = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{rig.Server.AuthenticationEndPoint.Port}");
        await using var child = ChildProcess.Start(client, ["-x", "-r", "1", "-t", "5", "-f", request, server, "auth", AaaRig.Secret]);
        await child.WaitForExitAsync(Token);
        return child.Output;
    }

    /// <summary>Code and attributes of the answer in what radclient printed, Message-Authenticator left out.</summary>
    private static string[] Answer(string output)
    {
        var lines = output.Split('\n').SkipWhile(line => !line.StartsWith("Received ", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(lines);
        return [lines[0].Split(' ')[1], .. lines.Skip(1).TakeWhile(line => line.StartsWith('\t')).Select(line => line.Trim()).Where(line => !line.StartsWith("Message-Authenticator", StringComparison.Ordinal))];
    }
}
