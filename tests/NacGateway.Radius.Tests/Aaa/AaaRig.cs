using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Aaa;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa;

/// <summary>The real server on a loopback port with the users of a text, asked by the real client; its clock stands still.</summary>
internal sealed class AaaRig : IAsyncDisposable
{
    public const string Secret = "a secret for tests";
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(20);
    private readonly RadiusServerGroup _client;

    private AaaRig(AaaServer server, FakeTimeProvider time, FakeLogger logger, ConcurrentQueue<AaaEvent> events)
    {
        (Server, Time, Logger, Events) = (server, time, logger, events);
        _client = new RadiusServerGroup([new RadiusServerSettings { Name = "aaa", EndPoint = server.AuthenticationEndPoint, Secret = SecretOctets }], TimeProvider.System);
    }

    public static byte[] SecretOctets { get; } = Encoding.UTF8.GetBytes(Secret);

    public AaaServer Server { get; }

    public FakeTimeProvider Time { get; }

    public FakeLogger Logger { get; }

    public ConcurrentQueue<AaaEvent> Events { get; }

    /// <summary>A server of the users in a text: JSON when it begins with a brace, else the format of FreeRADIUS.</summary>
    public static AaaRig Start(string users, bool requireMessageAuthenticator = true)
    {
        using var folder = new TemporaryFolder("aaa");
        return Start(UserDirectory.Load(folder.Write("users", users)), requireMessageAuthenticator);
    }

    public static AaaRig Start(UserDirectory users, bool requireMessageAuthenticator = true, Func<AaaServerSettings, AaaServerSettings>? change = null)
    {
        var time = new FakeTimeProvider();
        var logger = new FakeLogger();
        ConcurrentQueue<AaaEvent> events = [];
        var settings = new AaaServerSettings
        {
            Users = users,
            Authentication = new IPEndPoint(IPAddress.Loopback, 0),
            Nas = [new NasEntry(IPNetwork.Parse("127.0.0.0/8"), SecretOctets, "loopback", requireMessageAuthenticator)],
            OnAnswered = events.Enqueue,
        };
        return new AaaRig(AaaServer.Start(change is null ? settings : change(settings), time, logger), time, logger, events);
    }

    public Task<RadiusPacket> PapAsync(string name, string password, ReadOnlyMemory<byte>? state = null, Action<RadiusPacket>? also = null) => AskAsync(name, request =>
    {
        request.AddUserPassword(Encoding.UTF8.GetBytes(password), SecretOctets);
        request.State = state;
        also?.Invoke(request);
    });

    public Task<RadiusPacket> ChapAsync(string name, string password, byte[]? challenge = null) => AskAsync(name, request =>
    {
        if (challenge is null)
        {
            request.AddChapPassword(7, Encoding.UTF8.GetBytes(password));
            return;
        }

        var value = new byte[ChapPassword.ValueLength];
        value[0] = 7;
        ChapPassword.Compute(7, Encoding.UTF8.GetBytes(password), challenge, value.AsSpan(1));
        request.Attributes.Add(RadiusAttributeType.ChapPassword, value);
        request.Attributes.Add(RadiusAttributeType.ChapChallenge, challenge);
    });

    /// <summary>Signs in by MS-CHAPv2 and tells whether the server proved that it knows the password.</summary>
    public async Task<(RadiusPacket Reply, bool Proven)> MsChap2Async(string name, string password)
    {
        var exchange = await ExchangeAsync(name, request => AddMsChap2(request, name, password));
        return (exchange.Reply!, exchange.Reply!.VerifyMsChap2Success(exchange.Request!, Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(password)));
    }

    public static void AddMsChap2(RadiusPacket request, string name, string password)
    {
        byte[] challenges = [.. Enumerable.Range(1, 2 * MsChapV2.ChallengeLength).Select(number => (byte)number)];
        request.AddMsChap2Response(9, challenges.AsSpan(0, MsChapV2.ChallengeLength), challenges.AsSpan(MsChapV2.ChallengeLength), Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(password));
    }

    public async Task<RadiusPacket> AskAsync(string name, Action<RadiusPacket> fill) => (await ExchangeAsync(name, fill)).Reply!;

    public async Task<ExchangeResult> ExchangeAsync(string name, Action<RadiusPacket> fill, RadiusCode code = RadiusCode.AccessRequest)
    {
        var result = await _client.ExchangeAsync(
            code,
            (request, _) =>
            {
                request.AddMessageAuthenticator();
                request.UserName = name;
                fill(request);
            },
            s_budget,
            TestContext.Current.CancellationToken);
        Assert.Equal(ExchangeStatus.Answered, result.Status);
        return result;
    }

    /// <summary>Sends octets from an address of the loopback net and waits for the answer.</summary>
    public async Task<RadiusPacket> SendAsync(byte[] datagram, string from = "127.0.0.1")
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.SendAsync(datagram, Server.AuthenticationEndPoint, TestContext.Current.CancellationToken);
        var reply = await socket.ReceiveAsync(TestContext.Current.CancellationToken);
        Assert.Equal(PacketVerdict.Authentic, Authenticators.VerifyReply(reply.Buffer, datagram.AsSpan(4, 16), SecretOctets));
        Assert.True(RadiusPacket.TryParse(reply.Buffer, out var packet, out _));
        return packet;
    }

    /// <summary>A signed Access-Request by PAP; its authenticator follows from the seed.</summary>
    public static byte[] Pap(int seed, string name, string password, Action<RadiusPacket>? change = null)
    {
        var packet = new RadiusPacket(RadiusCode.AccessRequest, (byte)seed);
        new Random(seed).NextBytes(packet.Authenticator);
        packet.AddMessageAuthenticator();
        packet.UserName = name;
        packet.AddUserPassword(Encoding.UTF8.GetBytes(password), SecretOctets);
        change?.Invoke(packet);
        return Sign(packet);
    }

    public static byte[] Sign(RadiusPacket packet)
    {
        var octets = new byte[packet.EncodedLength];
        packet.WriteTo(octets);
        Authenticators.SignRequest(octets, SecretOctets);
        return octets;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await Server.DisposeAsync();
    }
}
