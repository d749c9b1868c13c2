using System.Text;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary>Attributes by name on the command line and in files, as they come to our server.</summary>
public sealed class SendAttributeTests
{
    private static readonly byte[] s_secret = Encoding.UTF8.GetBytes(CapturingServer.Secret);

    [Fact]
    public async Task Name_and_password_are_attributes_like_others()
    {
        await using var server = CapturingServer.Start();

        var run = await server.SendAsync("auth", "User-Name = alice", "--attr", "User-Password = won der", "-a", "NAS-Port=7");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var request = Assert.Single(server.Requests);
        var password = new byte[128];
        Assert.True(request.TryGetUserPassword(s_secret, password, out var length));
        Assert.Equal(("alice", "won der"), (request.UserName, Encoding.UTF8.GetString(password, 0, length)));
        Assert.DoesNotContain("won der", run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chap_password_in_clear_is_made_one()
    {
        await using var server = CapturingServer.Start();

        await server.SendAsync("auth", "User-Name=alice", "CHAP-Password=wonderland");

        Assert.True(Assert.Single(server.Requests).VerifyChapPassword("wonderland"u8));
    }

    [Fact]
    [Requirement("RTUN-1", "RTUN-5", "RTUN-2", "REXT-1", "RATT-18", "RTYP-4")]
    public async Task Types_of_the_dictionary_arrive_as_what_they_are()
    {
        await using var server = CapturingServer.Start();
        const string File = """
            # comment
            User-Name = "alice"   # and one behind a value
            User-Password = 'won"der#land'
            Tunnel-Type:3 = VLAN, Tunnel-Medium-Type:3 = IEEE-802
            Tunnel-Private-Group-Id:3 = "42"
            Tunnel-Password:3 = "hidden from all"
            Cisco-AVPair = "a=b"
            Cisco-AVPair += "c=d"
            Framed-IPv6-Prefix = 2001:db8::/64
            Framed-Interface-Id = 0001:0002:0003:0004
            Event-Timestamp = "2026-01-02T03:04:05Z"
            WISPr-Bandwidth-Max-Up = 1000
            Attr-241.99 = 0x010203
            Attr-26.9.77 = 0x0102
            """;

        var run = await server.SendInputAsync("auth", File);

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var request = Assert.Single(server.Requests);
        var lines = CapturingServer.Lines(request);
        Assert.All(
            [
                "Tunnel-Type:3 = VLAN", "Tunnel-Medium-Type:3 = IEEE-802", "Tunnel-Private-Group-ID:3 = \"42\"", "Tunnel-Password:3 = <hidden>", "Cisco-AVPair = \"a=b\"", "Cisco-AVPair = \"c=d\"",
                "Framed-IPv6-Prefix = 2001:db8::/64", "Framed-Interface-Id = 0001:0002:0003:0004", "Event-Timestamp = \"2026-01-02T03:04:05Z\"", "WISPr-Bandwidth-Max-Up = 1000",
                "Attr-241.99 = 0x010203", "Attr-26.9.77 = 0x0102",
            ],
            line => Assert.Contains(line, lines, StringComparer.Ordinal));
        var clear = new byte[256];
        Assert.True(request.Attributes.TryGetFirst(RadiusAttributeType.TunnelPassword, out var hidden));
        Assert.True(SaltEncryption.TryDecrypt(hidden[1..], s_secret, request.Authenticator, clear, out var length));
        Assert.Equal("hidden from all", Encoding.UTF8.GetString(clear, 0, length));
        Assert.True((hidden[1] & 0x80) != 0);
        Assert.True(request.TryGetUserPassword(s_secret, clear, out length));
        Assert.Equal("won\"der#land", Encoding.UTF8.GetString(clear, 0, length));
    }

    [Theory]
    [InlineData("User-Name = alice\nNo-Such = 1\n", "standard input:2: There is no attribute 'No-Such'")]
    [InlineData("User-Name = alice\n\n\nSession-Timeout = long\n", "standard input:4: 'long' is no value of Session-Timeout")]
    [InlineData("User-Name = \"alice\n", "standard input:1:")]
    [InlineData("User-Name == alice\n", "compared, not given")]
    [InlineData("Cleartext-Password = alice\n", "never goes on the wire")]
    [InlineData("# nothing\n\n", "holds no attribute")]
    [InlineData("User-Password = x, CHAP-Password = x\n", "one of User-Password")]
    public async Task Mistake_in_a_file_is_named_by_line_and_nothing_is_sent(string file, string told)
    {
        await using var server = CapturingServer.Start();

        var run = await server.SendInputAsync("auth", file);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("--file", "no-such-file", "--file: ")]
    [InlineData("--id", "256", "--id takes")]
    [InlineData("--retries", "-1", "--retries")]
    [InlineData("--repeat", "0", "--repeat takes")]
    [InlineData("--parallel", "65", "--parallel takes")]
    [InlineData("--from", "here", "--from: here")]
    [InlineData("--from", "192.0.2.200", "--from: 192.0.2.200:0 cannot be used")]
    [InlineData("--expect-attr", "No-Such", "--expect-attr: there is no attribute 'No-Such'")]
    [InlineData("--expect-attr", "Session-Timeout=long", "--expect-attr: ")]
    [InlineData("--expect", "perhaps", "perhaps")]
    [InlineData("--color", "blue", "blue")]
    [InlineData("--attr", "User-Name=bob", "User-Name")]
    [InlineData("--attr", "User-Password=x", "User-Password is computed")]
    public async Task Wrong_option_is_named_with_its_remedy(string option, string value, string told)
    {
        await using var server = CapturingServer.Start();

        var run = await server.SendAsync("auth", "--user", "alice", "--password", "x", option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task As_given_adds_nothing_and_keeps_the_order()
    {
        await using var server = CapturingServer.Start(context => context.CreateReply(NacGateway.Radius.Packets.RadiusCode.AccessAccept), requiresMessageAuthenticator: false);

        var run = await server.SendAsync("auth", "--as-given", "NAS-Port=1", "User-Name=alice", "Message-Authenticator=0x00", "NAS-Port=2");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal([5, 1, 80, 5], Assert.Single(server.Requests).Attributes.Select(attribute => (int)attribute.Type));
    }

    [Theory]
    [InlineData(NacGateway.Radius.Packets.RadiusCode.AccessRequest, "auth")]
    [InlineData(NacGateway.Radius.Packets.RadiusCode.AccountingRequest, "acct")]
    [Requirement("RPRX-1")]
    public async Task Proxy_states_come_back_unchanged_and_in_order(NacGateway.Radius.Packets.RadiusCode code, string verb)
    {
        await using var server = CapturingServer.Start();

        var run = await server.SendAsync(
            verb, "Acct-Status-Type=Start", "Proxy-State=0x01", "NAS-Port=1", "Proxy-State=0x0002", "Proxy-State=0x01", "--json");

        Assert.Equal(code, Assert.Single(server.Requests).Code);
        var reply = run.Json.GetProperty("steps")[0].GetProperty("reply").GetProperty("attributes").EnumerateArray();
        Assert.Equal(["0x01", "0x0002", "0x01"], reply.Where(item => item.GetProperty("name").GetString() == "Proxy-State").Select(item => item.GetProperty("value").GetString()!), StringComparer.Ordinal);
    }
}
