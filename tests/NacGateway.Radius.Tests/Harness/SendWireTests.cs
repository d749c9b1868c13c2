using System.Text;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Tests.Client;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary>What <c>nac-harness send auth</c> puts on the wire, read from a socket of the test.</summary>
public sealed class SendWireTests : IDisposable
{
    private readonly Responder _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Attributes_of_the_command_line_arrive_as_their_dictionary_types()
    {
        var (request, run) = await AnswerAsync(SendAsync(
            "-a", "NAS-Port-Type=Wireless-802.11", "-a", "NAS-IP-Address=192.0.2.7", "-a", "Cisco-AVPair=shell:priv-lvl=15, x", "-a", "Attr-26.9.77=0x0102",
            "-a", "Tunnel-Type:3=VLAN", "-a", "Connect-Info=a \"b\" \\c"));

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal(NasPortType.Wireless80211, request.NasPortType);
        Assert.Equal("192.0.2.7", request.NasIpAddress?.ToString());
        Assert.Null(request.NasIdentifier);
        Assert.True(request.Attributes.TryGetVendor(9, 1, out var pair));
        Assert.Equal("shell:priv-lvl=15, x", Encoding.UTF8.GetString(pair));
        Assert.True(request.Attributes.TryGetVendor(9, 77, out var unknown));
        Assert.Equal([1, 2], unknown.ToArray());
        Assert.True(request.Attributes.TryGetFirst(64, out var tunnel));
        Assert.Equal([3, 0, 0, 13], tunnel.ToArray());
        Assert.Equal("a \"b\" \\c", request.ConnectInfo);
    }

    [Fact]
    public async Task Message_authenticator_is_first_and_the_nas_is_named()
    {
        var (request, _) = await AnswerAsync(SendAsync());

        Assert.Equal(RadiusAttributeType.MessageAuthenticator, request.Attributes.First().Type);
        Assert.Equal("nac-harness", request.NasIdentifier);
    }

    [Fact]
    public async Task Password_file_is_taken_as_it_is_but_for_its_last_line_end()
    {
        using var folder = new TemporaryFolder("harness");
        var file = folder.Write("password", " won der \n");
        var (request, _) = await AnswerAsync(
            HarnessRun.RunAsync(["send", "auth", "--server", _server.EndPoint.ToString(), "--user", "alice", "--password-file", file], Encoding.UTF8.GetString(Responder.Secret)));

        var password = new byte[128];
        Assert.True(request.TryGetUserPassword(Responder.Secret, password, out var length));
        Assert.Equal(" won der ", Encoding.UTF8.GetString(password, 0, length));
    }

    [Fact]
    public async Task Accept_without_the_proof_of_ms_chap_is_not_as_expected()
    {
        var (_, run) = await AnswerAsync(SendAsync("--method", "mschapv2"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("MS-CHAP2-Success: WRONG", run.Output, StringComparison.Ordinal);
        Assert.Contains("MS-CHAP2-Success", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Printed_request_is_the_one_on_the_wire()
    {
        var (request, run) = await AnswerAsync(SendAsync("--json"));

        var sent = run.Json.GetProperty("steps")[0].GetProperty("request");
        Assert.True(request.Attributes.TryGetFirst(RadiusAttributeType.MessageAuthenticator, out var signature));
        Assert.Equal(Convert.ToHexStringLower(request.Authenticator), sent.GetProperty("authenticator").GetString());
        Assert.Equal("0x" + Convert.ToHexStringLower(signature), sent.GetProperty("attributes")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task Port_where_nobody_listens_is_told_at_once()
    {
        var run = await HarnessRun.RunAsync(["send", "auth", "--server", $"127.0.0.1:{FreePorts.Udp()}", "--user", "alice", "--password", "x", "--timeout", "30"], "secret");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("nobody listens", run.Errors, StringComparison.Ordinal);
    }

    /// <summary>Answers the request of a run; a run that ends without one fails the test instead of being waited for.</summary>
    private async Task<(RadiusPacket Request, HarnessRun Run)> AnswerAsync(Task<HarnessRun> running)
    {
        var receiving = _server.ReceiveAsync(Token);
        if (await Task.WhenAny(receiving, running) == running)
        {
            var ended = await running;
            Assert.Fail("Nothing was sent: " + ended.Output + ended.Errors);
        }

        var (request, from) = await receiving;
        await _server.SendAsync(Responder.Reply(request), from, Token);
        return (request, await running);
    }

    private Task<HarnessRun> SendAsync(params string[] arguments) => HarnessRun.RunAsync(
        ["send", "auth", "--server", _server.EndPoint.ToString(), "--user", "alice", "--password-stdin", .. arguments], Encoding.UTF8.GetString(Responder.Secret), "wonderland");
}
