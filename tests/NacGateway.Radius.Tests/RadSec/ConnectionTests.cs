using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;
using NacGateway.Radius.Transport;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.RadSec;

/// <summary>What the client does with its connections: one is kept, breaks are survived, silence is asked after.</summary>
public sealed class ConnectionTests : IAsyncDisposable
{
    private readonly RadSecRig _rig = new();
    private readonly FakeTimeProvider _time = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ConnectionTests() => _listener.Start();

    private IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("radius/1.0")]
    [InlineData("radius/1.1")]
    [Requirement("TCP-4")]
    public async Task A_sign_in_completes_though_its_connection_is_killed(string name)
    {
        var client = _rig.Connect(EndPoint);
        var asking = RadSecRig.AskAsync(client);
        await using (var first = await AcceptAsync(name))
        {
            Assert.NotNull(await first.ReadAsync());
            first.Kill();
        }

        await using var second = await AcceptAsync(name);
        var again = await second.ReadAsync();
        await second.WriteAsync(Reply(again!, name));

        var result = await asking;
        Assert.Equal((ExchangeStatus.Answered, 2), (result.Status, result.Sends));
        Assert.Equal("wonderland", Password(again!, name));
    }

    [Fact]
    [Requirement("TCP-3")]
    public async Task A_request_is_sent_once_on_a_connection_that_lives()
    {
        var client = _rig.Connect(EndPoint, tls => tls with { WatchdogAfter = TimeSpan.FromMinutes(1) }, _time);
        var asking = RadSecRig.AskAsync(client);
        await using var server = await AcceptAsync();
        var request = await server.ReadAsync();
        for (var second = 0; second < 15; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        await server.WriteAsync(Reply(request!));
        await asking;
        var next = RadSecRig.AskAsync(client, RadSecRig.Filling("the next"));
        var following = await server.ReadAsync();
        await server.WriteAsync(Reply(following!));

        Assert.Equal((1, 1), ((await asking).Sends, (await next).Sends));
        Assert.Equal("the next", Password(following!));
    }

    [Fact]
    [Requirement("TCP-7")]
    public async Task Silence_is_asked_after_under_identifier_0_and_an_answer_keeps_the_connection()
    {
        var client = _rig.Connect(EndPoint, time: _time);
        var asking = RadSecRig.AskAsync(client);
        await using var server = await AcceptAsync();
        var request = await server.ReadAsync();

        var watchdog = await ReadLaterAsync(server);
        await server.WriteAsync(Reply(watchdog!));
        await server.WriteAsync(Reply(request!));

        Assert.Equal((RadiusCode.StatusServer, (byte)0), (watchdog!.Code, watchdog.Identifier));
        Assert.NotEqual(0, request!.Identifier);
        Assert.Equal((ExchangeStatus.Answered, 1), ((await asking).Status, (await asking).Sends));
    }

    [Fact]
    [Requirement("TCP-4", "TCP-7")]
    public async Task A_server_that_does_not_answer_status_server_is_connected_anew()
    {
        var client = _rig.Connect(EndPoint, time: _time);
        var asking = RadSecRig.AskAsync(client, seconds: 30);
        await using (var first = await AcceptAsync())
        {
            await first.ReadAsync();
            Assert.Equal(RadiusCode.StatusServer, (await ReadLaterAsync(first))!.Code);
            Assert.Null(await ReadLaterAsync(first));
        }

        var accepting = AcceptAsync();
        await PassTimeAsync(accepting);
        await using var second = await accepting;
        await second.WriteAsync(Reply((await second.ReadAsync())!));

        Assert.Equal((ExchangeStatus.Answered, 2), ((await asking).Status, (await asking).Sends));
    }

    [Fact]
    public async Task Silence_is_asked_after_though_nobody_waits_for_the_reply_any_more()
    {
        var client = _rig.Connect(EndPoint, time: _time);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var asking = client.ExchangeAsync(RadiusCode.AccessRequest, RadSecRig.Fill, TimeSpan.FromSeconds(20), leave.Token);
        await using var server = await AcceptAsync();
        await server.ReadAsync();
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);

        Assert.Equal(RadiusCode.StatusServer, (await ReadLaterAsync(server))!.Code);
        Assert.Null(await ReadLaterAsync(server));
    }

    [Fact]
    public async Task Silence_is_asked_after_though_each_request_is_given_up_before_the_watchdog_is_due()
    {
        var client = _rig.Connect(EndPoint, time: _time);
        var asking = AskAndLeaveAsync(client, out var leave);
        await using var server = await AcceptAsync();
        for (var requests = 1; (await server.ReadAsync())!.Code != RadiusCode.StatusServer; requests++)
        {
            Assert.True(requests < 40, "twenty seconds of silence, and the server was not asked how it does");
            await leave.CancelAsync();
            await asking;
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
            asking = AskAndLeaveAsync(client, out leave);
        }

        await leave.CancelAsync();
        await asking;
    }

    [Fact]
    [Requirement("TCP-8")]
    public async Task More_than_255_outstanding_open_a_second_connection_and_no_more()
    {
        var release = new TaskCompletionSource();
        var server = _rig.Serve(async (context, token) =>
        {
            await release.Task;
            return await RadSecRig.AnswerAsync(context, token);
        });
        var client = _rig.Connect(server.EndPoint, tls => tls with { Versions = RadSecVersions.Radius10 });

        Task<ExchangeResult>[] asking = [.. Enumerable.Range(0, 300).Select(_ => RadSecRig.AskAsync(client))];
        while (server.Connections < 2)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation);
        }

        release.SetResult();
        Assert.All(await Task.WhenAll(asking), result => Assert.Equal(ExchangeStatus.Answered, result.Status));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    [Requirement("R11-6", "R11-7")]
    public async Task Ten_thousand_requests_of_1_1_share_one_connection_with_more_than_256_outstanding()
    {
        var inside = 0;
        var most = 0;
        var release = new TaskCompletionSource();
        ConcurrentDictionary<uint, string> tokens = new();
        var server = _rig.Serve(async (context, token) =>
        {
            var now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            if (now >= 600)
            {
                release.TrySetResult();
            }

            await release.Task;
            Interlocked.Decrement(ref inside);
            Assert.True(tokens.TryAdd(context.Request.Token, context.Request.UserName!));
            return await RadSecRig.AnswerAsync(context, token);
        });
        var client = _rig.Connect(server.EndPoint);
        using var window = new SemaphoreSlim(700);

        await Task.WhenAll(Enumerable.Range(0, 10_000).Select(async number =>
        {
            await window.WaitAsync(Cancellation);
            var result = await RadSecRig.AskAsync(client, RadSecRig.Filling($"password {number}"));
            window.Release();
            Assert.Equal($"password {number}", Assert.Single(result.Reply!.ReplyMessages));
        }));

        Assert.InRange(most, 257, 700);
        Assert.Equal((1, 10_000), (server.Connections, tokens.Count));
    }

    [Theory]
    [InlineData(true, ExchangeStatus.WrongSecret)]
    [InlineData(false, ExchangeStatus.TimedOut)]
    [Requirement("TCP-5", "TCP-6")]
    public async Task A_wrong_authenticator_ends_the_connection_and_an_unmatched_reply_does_not(bool isForged, ExchangeStatus expected)
    {
        var client = _rig.Connect(EndPoint);
        var asking = RadSecRig.AskAsync(client, seconds: 2);
        await using var server = await AcceptAsync();
        var request = await server.ReadAsync();
        var reply = Reply(request!);
        reply[isForged ? 10 : 1] ^= 1;

        await server.WriteAsync(reply);

        Assert.Equal(expected, (await asking).Status);
        Assert.Equal(1, client.Drops[isForged ? DropReason.WrongAuthenticator : DropReason.UnknownIdentifier]);
        if (isForged)
        {
            Assert.Null(await server.ReadAsync());
            return;
        }

        var next = RadSecRig.AskAsync(client);
        await server.WriteAsync(Reply((await server.ReadAsync())!));
        Assert.Equal(ExchangeStatus.Answered, (await next).Status);
    }

    [Fact]
    [Requirement("TCP-9")]
    public async Task An_idle_connection_is_closed_with_a_goodbye_and_the_next_request_opens_another()
    {
        var client = _rig.Connect(EndPoint, time: _time);
        await using (var first = await AnswerOneAsync(client))
        {
            Assert.Null(await ReadLaterAsync(first));
        }

        await using var second = await AnswerOneAsync(client);

        Assert.Equal(0, client.Drops.Total);
    }

    [Fact]
    [Requirement("TLS-8")]
    public async Task While_a_server_is_down_it_is_tried_at_pauses_and_requests_fail_at_once_between()
    {
        var gone = new IPEndPoint(IPAddress.Loopback, FreePorts.Tcp());
        var client = _rig.Connect(gone, time: _time);
        for (var second = 0; second < 300; second++)
        {
            Assert.Equal(ExchangeStatus.Unreachable, (await RadSecRig.AskAsync(client)).Status);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        // 0, 0.5, 1, 2, 4, 8, 16, 32 and then each 48 to 60 s.
        Assert.InRange(_rig.ClientLog.Collector.GetSnapshot().Count, 9, 13);
    }

    [Fact]
    public async Task A_server_that_has_answered_is_tried_soon_after_the_next_failure_however_many_there_were_before()
    {
        var port = FreePorts.Tcp();
        var client = _rig.Connect(new IPEndPoint(IPAddress.Loopback, port), time: _time);
        for (var failures = 0; failures < 6; failures++)
        {
            Assert.Equal(ExchangeStatus.Unreachable, (await RadSecRig.AskAsync(client)).Status);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        await using (var idle = await AnswerOneAsync(client, listener))
        {
            Assert.Null(await ReadLaterAsync(idle));
        }

        listener.Stop();
        Assert.Equal(ExchangeStatus.Unreachable, (await RadSecRig.AskAsync(client)).Status);
        listener.Start();
        _time.Advance(TimeSpan.FromSeconds(0.7));

        await using var back = await AnswerOneAsync(client, listener);
    }

    [Fact]
    [Requirement("TLS-12")]
    public async Task Two_clients_have_a_connection_each()
    {
        var server = _rig.Serve();

        await RadSecRig.AskAsync(_rig.Connect(server.EndPoint));
        var accounting = await _rig.Connect(server.EndPoint).ExchangeAsync(RadiusCode.AccountingRequest, (request, _) => request.UserName = "alice", TimeSpan.FromSeconds(20), Cancellation);

        Assert.Equal((RadiusCode.AccountingResponse, 2), (accounting.Reply!.Code, server.Connections));
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _rig.DisposeAsync();
    }

    private static void InterlockedMax(ref int place, int value)
    {
        for (var seen = Volatile.Read(ref place); value > seen && Interlocked.CompareExchange(ref place, value, seen) != seen; seen = Volatile.Read(ref place))
        {
        }
    }

    private static byte[] Reply(RadiusPacket request, string name = "radius/1.0")
    {
        var reply = new RadiusPacket(RadiusCode.AccessAccept, request.Identifier);
        if (name == "radius/1.1")
        {
            reply.Token = request.Token;
        }

        var octets = new byte[reply.EncodedLength];
        reply.WriteTo(octets);
        if (name == "radius/1.0")
        {
            Authenticators.SignReply(octets, request.Authenticator, RadSecProtocol.Secret.Span);
        }

        return octets;
    }

    private static string Password(RadiusPacket request, string name = "radius/1.0")
    {
        request.Version = name == "radius/1.1" ? RadiusVersion.Radius11 : RadiusVersion.Radius10;
        var password = new byte[128];
        Assert.True(request.TryGetUserPassword(RadSecProtocol.Secret.Span, password, out var length));
        return System.Text.Encoding.UTF8.GetString(password, 0, length);
    }

    private Task<RawTls> AcceptAsync(string name = "radius/1.0") => RawTls.AcceptAsync(_listener, _rig.Pki.Issue("server", RadSecRig.ServerName), name);

    /// <summary>A request and the end of the patience with it; the task never throws.</summary>
    private static Task AskAndLeaveAsync(RadiusClient client, out CancellationTokenSource leave)
    {
        leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        return client.ExchangeAsync(RadiusCode.AccessRequest, RadSecRig.Fill, TimeSpan.FromSeconds(20), leave.Token).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private async Task<RawTls> AnswerOneAsync(RadiusClient client, TcpListener? listener = null)
    {
        var asking = RadSecRig.AskAsync(client);
        var accepting = RawTls.AcceptAsync(listener ?? _listener, _rig.Pki.Issue("server", RadSecRig.ServerName), "radius/1.0");
        Assert.Same(accepting, await Task.WhenAny(accepting, asking));
        var server = await accepting;
        await server.WriteAsync(Reply((await server.ReadAsync())!));
        Assert.Equal(ExchangeStatus.Answered, (await asking).Status);
        return server;
    }

    /// <summary>What comes when the client's clock runs on.</summary>
    private async Task<RadiusPacket?> ReadLaterAsync(RawTls server)
    {
        var read = server.ReadAsync();
        await PassTimeAsync(read);
        return await read;
    }

    private async Task PassTimeAsync(Task until)
    {
        for (var second = 0; second < 120 && !until.IsCompleted; second++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.WhenAny(until, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation));
        }
    }
}
