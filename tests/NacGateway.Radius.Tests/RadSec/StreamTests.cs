using System.Net;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.RadSec;

/// <summary>The stream as a server reads it: packets split and joined in any way, and what ends the connection.</summary>
public sealed class StreamTests : IAsyncDisposable
{
    private readonly RadSecRig _rig = new();

    [Fact]
    [Requirement("TLS-6")]
    public async Task A_packet_in_single_octets_is_answered()
    {
        await using var stream = await ConnectAsync();

        await stream.WriteByOctetsAsync(Request(7));

        Assert.Equal(7, (await stream.ReadAsync())!.Identifier);
    }

    [Fact]
    [Requirement("TLS-6")]
    public async Task Three_packets_and_a_half_in_one_record_are_answered_when_they_are_whole()
    {
        await using var stream = await ConnectAsync();
        var last = Request(4);

        await stream.WriteAsync(Request(1), Request(2), Request(3), last[..30]);
        List<int> answered = [(await stream.ReadAsync())!.Identifier, (await stream.ReadAsync())!.Identifier, (await stream.ReadAsync())!.Identifier];
        await stream.WriteAsync(last[30..]);
        answered.Add((await stream.ReadAsync())!.Identifier);

        Assert.Equal([1, 2, 3, 4], answered.Order());
    }

    [Theory]
    [InlineData("Length 19")]
    [InlineData("Length 4097")]
    [InlineData("attribute length 1")]
    [InlineData("attribute beyond the packet")]
    [InlineData("wrong accounting authenticator")]
    [InlineData("wrong Message-Authenticator")]
    [Requirement("TCP-5")]
    public async Task What_cannot_be_believed_ends_the_connection_after_the_good_ones_are_answered(string what)
    {
        await using var stream = await ConnectAsync();
        var bad = what.StartsWith("wrong accounting", StringComparison.Ordinal) ? Request(9, RadiusCode.AccountingRequest) : Request(9);
        switch (what)
        {
            case "Length 19":
                (bad[2], bad[3]) = (0, 19);
                break;
            case "Length 4097":
                (bad[2], bad[3]) = (16, 1);
                break;
            case "attribute length 1":
                bad[21] = 1;
                break;
            case "attribute beyond the packet":
                bad[21] = 255;
                break;
            default:
                bad[^1] ^= 1;
                break;
        }

        await stream.WriteAsync(Request(1), bad, Request(2));

        Assert.Equal((byte?)1, (await stream.ReadAsync())?.Identifier);
        Assert.Null(await stream.ReadAsync());
    }

    [Fact]
    [Requirement("TCP-6")]
    public async Task A_code_that_is_no_request_is_dropped_and_the_connection_stays()
    {
        await using var stream = await ConnectAsync();
        var reply = Request(1);
        reply[0] = (byte)RadiusCode.AccessAccept;

        await stream.WriteAsync(reply, Request(2));

        Assert.Equal(2, (await stream.ReadAsync())!.Identifier);
    }

    [Fact]
    [Requirement("RMA-10")]
    public async Task A_request_without_message_authenticator_is_answered()
    {
        await using var stream = await ConnectAsync();

        await stream.WriteAsync(Request(3, signed: false));

        Assert.Equal(RadiusCode.AccessAccept, (await stream.ReadAsync())!.Code);
    }

    [Fact]
    [Requirement("R11-7")]
    public async Task A_token_that_is_in_use_ends_the_connection()
    {
        var release = new TaskCompletionSource();
        await using var stream = await ConnectAsync(
            async (context, token) =>
            {
                await release.Task;
                return await RadSecRig.AnswerAsync(context, token);
            },
            names: "radius/1.1");

        await stream.WriteAsync(Request11(5), Request11(5));
        await UntilLoggedAsync("Token is in use");
        release.SetResult();

        Assert.Equal(5u, (await stream.ReadAsync())!.Token);
        Assert.Null(await stream.ReadAsync());
    }

    [Fact]
    [Requirement("R11-8")]
    public async Task In_1_1_reserved_fields_and_message_authenticator_are_looked_past()
    {
        await using var stream = await ConnectAsync(names: "radius/1.1");
        var request = Request11(8);
        request[1] = 77;
        request[19] = 77;

        await stream.WriteAsync(request);

        Assert.Equal(8u, (await stream.ReadAsync())!.Token);
    }

    [Fact]
    [Requirement("TCP-9")]
    public async Task Half_a_packet_and_then_silence_ends_the_connection()
    {
        var time = new FakeTimeProvider();
        await using var stream = await ConnectAsync(time: time);
        await stream.WriteAsync(Request(1), Request(2)[..10]);
        await stream.ReadAsync();

        Assert.True(await EndsWithinAsync(stream, time, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    [Requirement("TCP-9")]
    public async Task An_idle_connection_is_ended()
    {
        var time = new FakeTimeProvider();
        await using var stream = await ConnectAsync(time: time);
        await stream.WriteAsync(Request(1));
        await stream.ReadAsync();

        Assert.True(await EndsWithinAsync(stream, time, TimeSpan.FromMinutes(6)));
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(256, 1)]
    [Requirement("TCP-9")]
    public async Task More_connections_than_allowed_are_closed_at_once(int most, int perSecond)
    {
        var server = _rig.Serve(change: settings => settings with { MaxConnections = most, MaxNewConnectionsPerSecond = perSecond }, time: new FakeTimeProvider());
        await using var first = await RawTls.ConnectAsync(server.EndPoint, _rig.Pki.Issue("client"));

        await Assert.ThrowsAnyAsync<IOException>(() => RawTls.ConnectAsync(server.EndPoint, _rig.Pki.Issue("client")));
        await first.WriteAsync(Request(1));

        Assert.NotNull(await first.ReadAsync());
        Assert.Equal(1, server.RefusedConnections);
    }

    [Fact]
    [Requirement("TCP-5")]
    public async Task An_unknown_client_is_closed_at_once()
    {
        var server = _rig.Serve(change: settings => settings with { Nas = [new NasEntry(IPNetwork.Parse("192.0.2.0/24"), new byte[1], "elsewhere")] });

        await Assert.ThrowsAnyAsync<IOException>(() => RawTls.ConnectAsync(server.EndPoint, _rig.Pki.Issue("client")));

        Assert.Equal(1, server.RefusedConnections);
    }

    [Fact]
    public async Task What_is_in_flight_when_the_server_stops_is_answered()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var server = _rig.Serve(async (context, token) =>
        {
            entered.SetResult();
            await release.Task;
            return await RadSecRig.AnswerAsync(context, token);
        });
        await using var stream = await RawTls.ConnectAsync(server.EndPoint, _rig.Pki.Issue("client"));
        await stream.WriteAsync(Request(1));
        await entered.Task;

        var stopping = server.StopAsync(TimeSpan.FromSeconds(20));
        release.SetResult();

        Assert.Equal((byte?)1, (await stream.ReadAsync())?.Identifier);
        Assert.Null(await stream.ReadAsync());
        await stopping;
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    private static byte[] Request(byte identifier, RadiusCode code = RadiusCode.AccessRequest, bool signed = true)
    {
        var server = new RadiusServerSettings { Name = "x", EndPoint = new IPEndPoint(0, 0), Secret = RadSecProtocol.Secret };
        RequestComposer.Compose(
            code,
            identifier,
            (request, _) =>
            {
                request.UserName = "alice";
                if (signed)
                {
                    request.Attributes.Reserve(RadiusAttributeType.MessageAuthenticator, 16);
                }
            },
            server,
            out var octets);
        return octets;
    }

    private static byte[] Request11(uint token)
    {
        var request = new RadiusPacket(RadiusCode.AccessRequest) { Token = token };
        request.UserName = "alice";
        request.Attributes.Reserve(RadiusAttributeType.MessageAuthenticator, 16);
        var octets = new byte[request.EncodedLength];
        request.WriteTo(octets);
        return octets;
    }

    private async Task<RawTls> ConnectAsync(RadiusRequestHandler? handler = null, TimeProvider? time = null, params string[] names)
    {
        var server = _rig.Serve(handler, time: time);
        return await RawTls.ConnectAsync(server.EndPoint, _rig.Pki.Issue("client", RadSecRig.ClientName), names);
    }

    /// <summary>Lets the server's clock run until it ends the connection.</summary>
    private static async Task<bool> EndsWithinAsync(RawTls stream, FakeTimeProvider time, TimeSpan limit)
    {
        var read = stream.ReadAsync();
        for (var gone = TimeSpan.Zero; gone < limit && !read.IsCompleted; gone += TimeSpan.FromSeconds(1))
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(read, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        return await read is null;
    }

    private async Task UntilLoggedAsync(string text)
    {
        while (!_rig.ServerLog.Collector.GetSnapshot().Any(record => record.Message.Contains(text, StringComparison.Ordinal)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
