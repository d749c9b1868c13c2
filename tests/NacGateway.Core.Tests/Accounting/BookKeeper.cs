using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NacGateway.Core.Accounting;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Tests.Accounting;

/// <summary>
/// An accounting server behind a network that loses, doubles and delays. It writes a record down before it answers, and answers what
/// it has, however often it is asked (RFC 2866 section 4.2).
/// </summary>
internal sealed class BookKeeper : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<(string AcctSessionId, AcctStatusType Status, DateTimeOffset EventAt), int> _transmissions = [];
    private readonly Queue<(byte[] Octets, EndPoint To)> _late = [];
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(Gateways.Secret);
    private readonly Func<BookEntry, int, Fate> _fates;
    private readonly Task _loop;
    private long _received;
    private volatile bool _isDown;

    /// <param name="fates">Of a record and how often it has come this way before.</param>
    public BookKeeper(Func<BookEntry, int, Fate> fates)
    {
        _fates = fates;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _loop = RunAsync();
    }

    public string Port => ((IPEndPoint)_socket.LocalEndPoint!).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public AccountingBook Book { get; } = new();

    /// <summary>The authentic ones among them, in order, those included that were lost on purpose.</summary>
    public ConcurrentQueue<RadiusPacket> Requests { get; } = [];

    /// <summary>Datagrams that came, to whatever end.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Whether everything is lost: an outage.</summary>
    public bool IsDown
    {
        get => _isDown;
        set => _isDown = value;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        _socket.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var buffer = new byte[RadiusPacket.MaxLength];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stopping.Token);
                Interlocked.Increment(ref _received);
                if (Read(buffer.AsSpan(0, received.ReceivedBytes)) is not { } request)
                {
                    continue;
                }

                Requests.Enqueue(request);
                if (!IsDown)
                {
                    await ServeAsync(request, received.RemoteEndPoint);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    /// <summary>A request that is signed with the secret; the zeros of a careless client are not (RFC 5080 section 2.3.3).</summary>
    private RadiusPacket? Read(ReadOnlySpan<byte> datagram) =>
        RadiusPacket.TryParse(datagram, out var request, out _)
        && request.Code == RadiusCode.AccountingRequest
        && Authenticators.VerifyRequest(datagram, _secret) is PacketVerdict.Authentic or PacketVerdict.AuthenticWithoutMessageAuthenticator ? request : null;

    private async Task ServeAsync(RadiusPacket request, EndPoint from)
    {
        var entry = BookEntry.Of(request);
        var before = _transmissions.GetValueOrDefault(entry.Key);
        _transmissions[entry.Key] = before + 1;
        var fate = _fates(entry, before);
        if (fate == Fate.RequestLost)
        {
            return;
        }

        Book.Enter(entry);
        var reply = Answer(request);
        if (fate == Fate.ReplyLate)
        {
            _late.Enqueue((reply, from));
            return;
        }

        for (var copies = fate switch { Fate.ReplyLost => 0, Fate.ReplyDoubled => 2, _ => 1 }; copies > 0; copies--)
        {
            await _socket.SendToAsync(reply, from, _stopping.Token);
        }

        while (_late.TryDequeue(out var late))
        {
            await _socket.SendToAsync(late.Octets, late.To, _stopping.Token);
        }
    }

    private byte[] Answer(RadiusPacket request)
    {
        var reply = new RadiusPacket(RadiusCode.AccountingResponse, request.Identifier);
        if (request.Attributes.CountOf(Radius.Attributes.RadiusAttributeType.MessageAuthenticator) > 0)
        {
            Radius.Attributes.PasswordAttributes.AddMessageAuthenticator(reply);
        }

        var octets = new byte[reply.EncodedLength];
        reply.WriteTo(octets);
        Authenticators.SignReply(octets, request.Authenticator, _secret);
        return octets;
    }
}
