using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness.Playing;

/// <summary>The played NAS answers Disconnect- and CoA-Requests as RFC 5176 says, and does what it says it did.</summary>
public sealed class DynamicAuthorizationTests
{
    private const string Id = "00000005-000001";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Radclient_disconnects_a_session_which_stops_with_cause_6()
    {
        var radclient = Component.Require("radclient", "freeradius-utils");
        await using var server = ScriptedServer.Start();
        await using var nas = await OneAsync(server);
        using var folder = new TemporaryFolder("nas");
        var request = folder.Write("request", $"Acct-Session-Id={Id},User-Name=user1,NAS-Identifier=nac-harness\n");

        await using var child = ChildProcess.Start(radclient, ["-x", "-r", "1", "-t", "10", "-f", request, nas.Coa.ToString(), "disconnect", ScriptedServer.Secret]);
        await child.WaitForExitAsync(Token);

        Assert.Contains("Disconnect-ACK", child.Output, StringComparison.Ordinal);
        var stop = await nas.WaitForAsync("stop", Token);
        Assert.Equal((Id, 6), (stop.GetProperty("session").GetString(), stop.GetProperty("cause").GetInt32()));
    }

    [Theory]
    [InlineData("Acct-Session-Id = \"no-such\"", ErrorCause.SessionContextNotFound)]
    [InlineData("Acct-Session-Id = \"" + Id + "\", User-Name = \"user2\"", ErrorCause.SessionContextNotFound)]
    [InlineData("Acct-Session-Id = \"" + Id + "\", NAS-Identifier = \"another\"", ErrorCause.NasIdentificationMismatch)]
    [InlineData("Acct-Session-Id = \"" + Id + "\", NAS-IP-Address = 192.0.2.1", ErrorCause.NasIdentificationMismatch)]
    [InlineData("NAS-Identifier = \"nac-harness\"", ErrorCause.MissingAttribute)]
    [InlineData("Acct-Session-Id = \"" + Id + "\", Session-Timeout = 5", ErrorCause.UnsupportedAttribute)]
    [InlineData("Acct-Session-Id = \"" + Id + "\", Service-Type = Framed-User", ErrorCause.UnsupportedAttribute)]
    public async Task Disconnect_that_cannot_be_done_is_refused_with_its_cause(string attributes, ErrorCause cause)
    {
        await using var server = ScriptedServer.Start();
        await using var nas = await OneAsync(server);

        var result = await nas.AskAsync(RadiusCode.DisconnectRequest, attributes, Token);

        Assert.Equal((RadiusCode.DisconnectNak, cause), (result.Reply!.Code, result.Reply.ErrorCause));
        Assert.DoesNotContain(nas.Events, happened => happened.GetProperty("event").GetString() == "stop");
    }

    [Theory]
    [InlineData("Acct-Session-Id = \"no-such\", Session-Timeout = 5", ErrorCause.SessionContextNotFound)]
    [InlineData("Acct-Session-Id = \"" + Id + "\", Service-Type = Authorize-Only", ErrorCause.UnsupportedService)]
    [InlineData("Acct-Session-Id = \"" + Id + "\", Framed-MTU = 1400", ErrorCause.UnsupportedAttribute)]
    [InlineData("Acct-Session-Id = \"" + Id + "\", Session-Timeout = 5, Framed-MTU = 1400", ErrorCause.UnsupportedAttribute)]
    [InlineData("Acct-Session-Id = \"" + Id + "\", Attr-27 = 0x0001", ErrorCause.InvalidAttributeValue)]
    public async Task Change_that_cannot_be_done_is_refused_and_its_state_comes_back(string attributes, ErrorCause cause)
    {
        await using var server = ScriptedServer.Start();
        await using var nas = await OneAsync(server);

        var result = await nas.AskAsync(RadiusCode.CoaRequest, attributes + ", State = 0x00ff01", Token);

        Assert.Equal((RadiusCode.CoaNak, cause), (result.Reply!.Code, result.Reply.ErrorCause));
        Assert.Equal("00FF01", Convert.ToHexString(result.Reply.State!.Value.Span));
    }

    [Fact]
    public async Task Changed_session_timeout_ends_the_session_at_its_new_end()
    {
        await using var server = ScriptedServer.Start();
        await using var nas = await OneAsync(server);

        var result = await nas.AskAsync(RadiusCode.CoaRequest, $"Acct-Session-Id = \"{Id}\", Session-Timeout = 1", Token);

        Assert.Equal(RadiusCode.CoaAck, result.Reply!.Code);
        var stop = await nas.WaitForAsync("stop", Token);
        Assert.Equal((5, 1), (stop.GetProperty("cause").GetInt32(), stop.GetProperty("sessionTime").GetInt32()));
    }

    [Fact]
    public async Task Disconnect_of_a_user_ends_all_sessions_of_that_user_and_no_other()
    {
        await using var server = ScriptedServer.Start();
        await using var nas = await RunningNas.StartAsync(server, Token, "--sessions", "6", "--session-seconds", "500", "--seconds", "600", "--spread", "0");
        await nas.WaitForAsync("start", Token, times: 6);

        var result = await nas.AskAsync(RadiusCode.DisconnectRequest, "User-Name = user2", Token);

        Assert.Equal(RadiusCode.DisconnectAck, result.Reply!.Code);
        await nas.StopAsync(Token);
        var stops = nas.Events.Where(happened => happened.GetProperty("event").GetString() == "stop").ToArray();
        Assert.Equal(6, stops.Length);
        Assert.All(stops, stop => Assert.Equal(stop.GetProperty("user").GetString() == "user2" ? 6 : 7, stop.GetProperty("cause").GetInt32()));
    }

    [Fact]
    public async Task Old_request_and_wrong_secret_get_no_answer()
    {
        await using var server = ScriptedServer.Start();
        await using var nas = await OneAsync(server);
        await using var stranger = new RadiusClient(new RadiusServerSettings { Name = "stranger", EndPoint = nas.Coa, Secret = "another secret"u8.ToArray() }, TimeProvider.System);

        var old = nas.AskAsync(RadiusCode.DisconnectRequest, $"Acct-Session-Id = \"{Id}\", Event-Timestamp = 1000000000", Token);
        var wrong = stranger.ExchangeAsync(RadiusCode.DisconnectRequest, (request, _) => request.AcctSessionId = Id, TimeSpan.FromSeconds(1), Token);

        Assert.Equal(ExchangeStatus.TimedOut, (await wrong).Status);
        Assert.Equal(RadiusCode.DisconnectAck, (await nas.AskAsync(RadiusCode.DisconnectRequest, $"Acct-Session-Id = \"{Id}\"", Token)).Reply!.Code);
        Assert.False(old.IsCompleted);
    }

    [Fact]
    public async Task Change_to_a_time_that_has_passed_takes_nothing_back_that_was_reported()
    {
        await using var server = ScriptedServer.Start();
        await using var nas = await RunningNas.StartAsync(server, Token, "--sessions", "1", "--session-seconds", "500", "--seconds", "600", "--spread", "0", "--interim", "0.5", "--rate", "1000000");
        var last = await nas.WaitForAsync("interim", Token, times: 4);

        await nas.AskAsync(RadiusCode.CoaRequest, $"Acct-Session-Id = \"{Id}\", Session-Timeout = 1", Token);

        var stop = await nas.WaitForAsync("stop", Token);
        Assert.Equal(5, stop.GetProperty("cause").GetInt32());
        Assert.InRange(stop.GetProperty("inputOctets").GetUInt64(), last.GetProperty("inputOctets").GetUInt64(), ulong.MaxValue);
        Assert.InRange(stop.GetProperty("sessionTime").GetUInt32(), 2u, uint.MaxValue);
    }

    private static async Task<RunningNas> OneAsync(ScriptedServer server)
    {
        var nas = await RunningNas.StartAsync(server, Token, "--sessions", "1", "--session-seconds", "500", "--seconds", "600", "--spread", "0");
        await nas.WaitForAsync("start", Token);
        return nas;
    }
}
