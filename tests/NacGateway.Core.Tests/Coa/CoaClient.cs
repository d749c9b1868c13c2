using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using NacGateway.Core.Coa;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;
using Xunit;

namespace NacGateway.Core.Tests.Coa;

/// <summary>A dynamic authorization client: sends datagrams to the listener of a gateway, and tells an answer from silence without waiting for time to pass.</summary>
internal sealed class CoaClient : IDisposable
{
    public const string Secret = "a secret of the server that sends CoA";
    private static byte s_identifier;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Gateways _gateway;

    public CoaClient(Gateways gateway, string from = "127.0.0.1")
    {
        _gateway = gateway;
        _socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RadiusServerCounters Counters => _gateway.Get<CoaListener>().Counters!;

    /// <summary>The settings of a gateway that takes requests of this machine; the clock of the tests stands still, so the rate is no matter.</summary>
    public static (string Key, string Value)[] Settings { get; } =
    [
        ("Coa:Listen", "127.0.0.1:0"),
        ("Coa:Clients:0:Address", "127.0.0.1"),
        ("Coa:Clients:0:Secret", Secret),
        ("Coa:RequestsPerSecond", "10000"),
    ];

    public static RadiusPacket Disconnect(Action<RadiusPacket>? fill = null) => Make(RadiusCode.DisconnectRequest, fill);

    public static RadiusPacket Change(Action<RadiusPacket>? fill = null) => Make(RadiusCode.CoaRequest, fill);

    /// <summary>Octets of a request, signed.</summary>
    public static byte[] Sign(RadiusPacket request, string secret = Secret)
    {
        var octets = new byte[request.EncodedLength];
        request.WriteTo(octets);
        Authenticators.SignRequest(octets, Encoding.UTF8.GetBytes(secret));
        return octets;
    }

    /// <summary>As <see cref="Sign"/>, but what Message-Authenticator holds stays as it is.</summary>
    public static byte[] SignDigestAlone(RadiusPacket request)
    {
        var octets = new byte[request.EncodedLength];
        request.WriteTo(octets);
#pragma warning disable CA5351 // RADIUS is MD5 (RFC 5176 section 2.3).
        MD5.HashData([.. octets, .. Encoding.UTF8.GetBytes(Secret)]).CopyTo(octets, 4);
#pragma warning restore CA5351
        return octets;
    }

    /// <summary>Sends a request and returns the answer, verified; null for silence.</summary>
    public Task<RadiusPacket?> AskAsync(RadiusPacket request) => AskAsync(Sign(request));

    /// <inheritdoc cref="AskAsync(RadiusPacket)"/>
    public async Task<RadiusPacket?> AskAsync(byte[] datagram)
    {
        var before = Dropped();
        await _socket.SendToAsync(datagram, SocketFlags.None, _gateway.Get<CoaListener>().EndPoint!, Token);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (_socket.Available == 0)
        {
            if (Dropped() > before)
            {
                return null;
            }

            await tick.WaitForNextTickAsync(Token);
        }

        var buffer = new byte[RadiusPacket.MaxLength];
        var received = await _socket.ReceiveAsync(buffer, SocketFlags.None, Token);
        Assert.InRange(Authenticators.VerifyReply(buffer.AsSpan(0, received), datagram.AsSpan(4, 16), Encoding.UTF8.GetBytes(Secret)), PacketVerdict.Authentic, PacketVerdict.AuthenticWithoutMessageAuthenticator);
        Assert.True(RadiusPacket.TryParse(buffer.AsSpan(0, received), out var reply, out _));
        Assert.Equal(datagram[1], reply.Identifier);
        return reply;
    }

    public void Dispose() => _socket.Dispose();

    private static RadiusPacket Make(RadiusCode code, Action<RadiusPacket>? fill)
    {
        var packet = new RadiusPacket(code, unchecked(++s_identifier));
        fill?.Invoke(packet);
        return packet;
    }

    private long Dropped() => Enum.GetValues<RadiusDropReason>().Sum(Counters.Dropped);
}
