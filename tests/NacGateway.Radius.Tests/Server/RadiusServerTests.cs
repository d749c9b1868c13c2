using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Server;

public sealed class RadiusServerTests : IAsyncDisposable
{
    private static readonly byte[] Secret = "a secret for tests"u8.ToArray();
    private readonly FakeTimeProvider _time = new();
    private readonly UdpClient _client = new(new IPEndPoint(IPAddress.Loopback, 0));
    private RadiusServer? _server;
    private int _handled;

    [Fact]
    public async Task A_verified_request_gets_a_signed_reply_with_its_proxy_states_last()
    {
        RadiusServer server = Start();
        byte[] request = Request(7, packet =>
        {
            packet.Attributes.Add(33, [1, 2]);
            packet.Attributes.Add(33, [3]);
        });

        byte[] reply = await AskAsync(server, request);

        Assert.Equal(PacketVerdict.Authentic, Authenticators.VerifyReply(reply, request.AsSpan(4, 16), Secret));
        Assert.True(RadiusPacket.TryParse(reply, out RadiusPacket? packet, out _));
        Assert.Equal((RadiusCode.AccessAccept, (byte)7), (packet.Code, packet.Identifier));
        Assert.Equal<byte>([80, 18, 33, 33], packet.Attributes.Select(attribute => attribute.Type));
    }

    [Fact]
    public async Task A_hook_that_fails_costs_its_request_and_not_the_server()
    {
        var nas = new NasEntry(IPNetwork.Parse("127.0.0.0/8"), Secret, "tests");
        await using var server = new RadiusServer(
            new RadiusListenerSettings { Listen = new IPEndPoint(IPAddress.Loopback, 0), Nas = [nas], Wire = new FailingOnce() },
            (context, _) => ValueTask.FromResult<RadiusPacket?>(context.CreateReply(RadiusCode.AccessAccept)),
            _time);
        server.Start();
        await SendAsync(server, Request(1));
        await UntilAsync(() => server.Counters.Dropped(RadiusDropReason.HandlerFailed) == 1);

        byte[] reply = await AskAsync(server, Request(2));

        Assert.Equal(2, reply[1]);
    }

    [Fact]
    public async Task A_retransmission_gets_the_same_octets_and_is_handled_once()
    {
        RadiusServer server = Start();
        byte[] request = Request(1);

        byte[] first = await AskAsync(server, request);
        byte[] second = await AskAsync(server, request);

        Assert.Equal(first, second);
        Assert.Equal(1, Volatile.Read(ref _handled));
    }

    [Fact]
    public async Task A_retransmission_after_the_window_is_handled_again()
    {
        RadiusServer server = Start();
        byte[] request = Request(1);

        await AskAsync(server, request);
        _time.Advance(TimeSpan.FromSeconds(10));
        await AskAsync(server, request);

        Assert.Equal(2, Volatile.Read(ref _handled));
    }

    [Fact]
    public async Task A_retransmission_of_a_request_in_progress_is_dropped()
    {
        var release = new TaskCompletionSource();
        RadiusServer server = Start(release.Task);
        byte[] request = Request(1);
        await SendAsync(server, request);
        await SendAsync(server, request);
        await SendAsync(server, [0]);
        await UntilAsync(() => server.Counters.Dropped(RadiusDropReason.Malformed) == 1);

        release.SetResult();
        await ReceiveAsync();

        Assert.Equal(1, server.Counters.Dropped(RadiusDropReason.DuplicateInProgress));
        Assert.Equal(1, Volatile.Read(ref _handled));
    }

    [Fact]
    public async Task A_request_without_message_authenticator_is_dropped_unless_its_nas_may()
    {
        RadiusServer server = Start();
        byte[] bare = Request(1, packet => packet.Attributes.RemoveAll(80));

        await SendAsync(server, bare);
        await AskAsync(server, Request(2));

        Assert.Equal(1, server.Counters.Dropped(RadiusDropReason.MissingMessageAuthenticator));
        Assert.Equal(1, Volatile.Read(ref _handled));
    }

    [Fact]
    public async Task A_request_without_message_authenticator_is_answered_where_its_nas_may()
    {
        RadiusServer server = Start(requireMessageAuthenticator: false);

        byte[] reply = await AskAsync(server, Request(1, packet => packet.Attributes.RemoveAll(80)));

        Assert.Equal((byte)RadiusCode.AccessAccept, reply[0]);
    }

    [Fact]
    public async Task A_request_signed_with_another_secret_is_dropped()
    {
        RadiusServer server = Start();

        await SendAsync(server, Request(1, secret: "another"u8.ToArray()));
        await AskAsync(server, Request(2));

        Assert.Equal(1, server.Counters.Dropped(RadiusDropReason.Unverified));
        Assert.Equal(1, Volatile.Read(ref _handled));
    }

    [Fact]
    [Requirement("RPKT-11")]
    public async Task A_source_that_is_no_client_is_dropped()
    {
        RadiusServer server = Start(network: "192.0.2.0/24");

        await SendAsync(server, Request(1));
        await UntilAsync(() => server.Counters.Dropped(RadiusDropReason.UnknownSource) == 1);

        Assert.Equal(0, Volatile.Read(ref _handled));
    }

    [Fact]
    [Requirement("RPKT-10")]
    public async Task The_secret_is_that_of_the_source_whatever_NAS_the_packet_names()
    {
        byte[] another = "the secret of another NAS"u8.ToArray();
        RadiusServer server = Start(other: new NasEntry(IPNetwork.Parse("192.0.2.7/32"), another, "other", RequireMessageAuthenticator: true));

        byte[] reply = await AskAsync(server, Request(1, NameTheOther));
        await SendAsync(server, Request(2, NameTheOther, another));
        await UntilAsync(() => server.Counters.Dropped(RadiusDropReason.Unverified) == 1);

        Assert.Equal((byte)RadiusCode.AccessAccept, reply[0]);
        Assert.Equal(1, Volatile.Read(ref _handled));

        static void NameTheOther(RadiusPacket packet)
        {
            packet.NasIpAddress = IPAddress.Parse("192.0.2.7");
            packet.NasIdentifier = "other";
        }
    }

    [Fact]
    public async Task Stopping_lets_a_request_in_flight_have_its_answer()
    {
        var release = new TaskCompletionSource();
        RadiusServer server = Start(release.Task);
        await SendAsync(server, Request(1));
        await UntilAsync(() => Volatile.Read(ref _handled) == 1);

        Task stop = server.StopAsync(TimeSpan.FromSeconds(5));
        Assert.False(stop.IsCompleted);
        release.SetResult();

        Assert.Equal((byte)RadiusCode.AccessAccept, (await ReceiveAsync())[0]);
        await stop;
    }

    [Fact]
    public async Task A_handler_that_fails_gives_no_answer_and_the_next_request_gets_its_own()
    {
        RadiusServer server = Start(Task.FromException(new InvalidOperationException("broken")), failing: 1);

        await SendAsync(server, Request(1));
        await UntilAsync(() => server.Counters.Dropped(RadiusDropReason.HandlerFailed) == 1);
        byte[] reply = await AskAsync(server, Request(2));

        Assert.Equal(2, reply[1]);
    }

    [Fact]
    public async Task Random_and_bent_datagrams_are_dropped_and_the_server_still_answers()
    {
        RadiusServer server = Start();
        var random = new Random(20260101);
        for (int i = 0; i < 500; i++)
        {
            byte[] datagram = Request((byte)i);
            if (i % 2 == 0)
            {
                datagram = new byte[random.Next(0, 300)];
                random.NextBytes(datagram);
            }
            else
            {
                datagram[random.Next(datagram.Length)] ^= (byte)(1 << random.Next(8));
            }

            await SendAsync(server, datagram);
            await UntilAsync(() => Enum.GetValues<RadiusDropReason>().Sum(server.Counters.Dropped) == i + 1);
        }

        byte[] reply = await AskAsync(server, Request(200));

        Assert.Equal(200, reply[1]);
        Assert.Equal(1, Volatile.Read(ref _handled));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private static byte[] Request(byte identifier, Action<RadiusPacket>? change = null, byte[]? secret = null)
    {
        var packet = new RadiusPacket(RadiusCode.AccessRequest, identifier) { UserName = "alice" };
        new Random(identifier).NextBytes(packet.Authenticator);
        packet.AddMessageAuthenticator();
        change?.Invoke(packet);
        byte[] octets = new byte[packet.EncodedLength];
        packet.WriteTo(octets);
        Authenticators.SignRequest(octets, secret ?? Secret);
        return octets;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private RadiusServer Start(Task? gate = null, bool requireMessageAuthenticator = true, string network = "127.0.0.0/8", int failing = int.MaxValue, NasEntry? other = null)
    {
        var settings = new RadiusListenerSettings
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Nas = [new NasEntry(IPNetwork.Parse(network), Secret, "test", requireMessageAuthenticator), .. other is null ? Array.Empty<NasEntry>() : [other]],
        };
        _server = new RadiusServer(settings, AnswerAsync, _time);
        _server.Start();
        return _server;

        async ValueTask<RadiusPacket?> AnswerAsync(RadiusRequestContext context, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _handled) <= failing)
            {
                await (gate ?? Task.CompletedTask);
            }

            RadiusPacket reply = context.CreateReply(RadiusCode.AccessAccept);
            reply.Attributes.Add(18, "welcome"u8);
            return reply;
        }
    }

    private async Task SendAsync(RadiusServer server, byte[] datagram) =>
        await _client.SendAsync(datagram, server.EndPoint, TestContext.Current.CancellationToken);

    private async Task<byte[]> ReceiveAsync() => (await _client.ReceiveAsync(TestContext.Current.CancellationToken)).Buffer;

    private async Task<byte[]> AskAsync(RadiusServer server, byte[] datagram)
    {
        await SendAsync(server, datagram);
        return await ReceiveAsync();
    }

    private sealed class FailingOnce : IServerWire
    {
        private bool _hasFailed;

        public IReplyRoute? Take(RadiusPacket request, ReadOnlySpan<byte> octets, NasEntry nas)
        {
            if (!_hasFailed)
            {
                _hasFailed = true;
                throw new IOException("There is no space left.");
            }

            return new StraightRoute();
        }

        public void Refuse(ReadOnlySpan<byte> octets, NasEntry nas, RadiusDropReason reason)
        {
        }
    }

    private sealed class StraightRoute : IReplyRoute
    {
        public IReadOnlyList<Departure> Plan(ReadOnlyMemory<byte> reply) => [new Departure(reply)];
    }
}
