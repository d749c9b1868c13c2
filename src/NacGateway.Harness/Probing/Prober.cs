using System.Buffers.Binary;
using System.Net;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Probing;

/// <summary>Builds the questions and sends them, each from a port of its own, and counts what it sends.</summary>
internal sealed class Prober(ProbeTarget target)
{
    /// <summary>Datagrams that are sent to a server at most, whatever it answers.</summary>
    public const int MostDatagrams = 100;

    /// <summary>The name of nobody: rejections are asked for with it, so that no account of a person is locked.</summary>
    public const string Stranger = "nac-harness-probe";

    private static readonly byte[] s_stranger = System.Text.Encoding.UTF8.GetBytes(Stranger);

    private readonly Lock _lock = new();
    private TimeSpan _slowest;
    private int _sent;
    private byte _identifier;

    public ProbeTarget Target => target;

    public int Sent => Volatile.Read(ref _sent);

    /// <summary>What the plain request got; the other answers are measured by it.</summary>
    public ProbeAnswer? Plain { get; set; }

    /// <summary>Whether the user's password was rejected. Then nothing more is asked in his name: one wrong password locks no account, a dozen may.</summary>
    public bool IsUserRejected { get; set; }

    /// <summary>Whether there is a user to ask for.</summary>
    public bool HasUser => target.HasUser && !IsUserRejected;

    /// <summary>Why nothing is asked for a user, where nothing is.</summary>
    public string WhyNoUser => target.HasUser ? "the password was rejected, not asked again" : "not asked: it takes --user and a password";

    /// <summary>
    /// How long silence is waited for: twice as long as the slowest answer so far took, for what is taken wrongly may be rejected, and
    /// rejections are delayed.
    /// </summary>
    public TimeSpan Silence
    {
        get
        {
            lock (_lock)
            {
                var usual = (_slowest * 2) + TimeSpan.FromMilliseconds(250);
                return usual < target.Timeout ? usual : target.Timeout;
            }
        }
    }

    /// <summary>An Access-Request as it should be, for the user where there is one, else for a stranger.</summary>
    /// <param name="change">Adds to it.</param>
    public IOutgoing Access(Action<RadiusPacket>? change = null) => Access(target.Method, HasUser, change);

    public IOutgoing Access(AuthMethod method, bool isUser, Action<RadiusPacket>? change = null) => new ProbeRequest(
        new AuthRequest
        {
            Method = method,
            UserName = isUser ? target.UserName! : s_stranger,
            Password = isUser ? target.Password! : s_stranger,
            Attributes = new GivenAttributes([]),
        },
        change);

    /// <summary>A Status-Server as it should be.</summary>
    public static IOutgoing Status(Action<RadiusPacket>? change = null) => new ProbeRequest(
        new PlainRequest { Code = RadiusCode.StatusServer, Attributes = new GivenAttributes([]), IsSigned = true, Complete = GivenAttributes.NameNas },
        change);

    /// <summary>The octets of a request, signed by the shared secret or by another.</summary>
    public byte[] Encode(IOutgoing request, byte[]? secret = null)
    {
        byte identifier;
        lock (_lock)
        {
            identifier = _identifier++;
        }

        return UdpAsker.Compose(request, identifier, secret ?? target.Secret);
    }

    /// <summary>Octets whose Length field says something else.</summary>
    public static byte[] WithLength(byte[] octets, int length)
    {
        var changed = (byte[])octets.Clone();
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(2), (ushort)length);
        return changed;
    }

    /// <summary>A port to the server; authentication unless another is given.</summary>
    public DatagramPort Open(IPEndPoint? server = null) => DatagramPort.Open(server ?? target.Authentication, null);

    /// <summary>Asks what is to be answered: once more at half the time, for a datagram may be lost.</summary>
    public async Task<ProbeAnswer> AskAsync(byte[] request, CancellationToken cancellationToken, IPEndPoint? server = null)
    {
        using var port = Open(server);
        return await AskAsync(port, request, target.Timeout, 2, cancellationToken);
    }

    /// <summary>Asks what is to be met with silence.</summary>
    public async Task<ProbeAnswer> ProvokeAsync(byte[] request, CancellationToken cancellationToken, IPEndPoint? server = null)
    {
        using var port = Open(server);
        return await AskAsync(port, request, Silence, 1, cancellationToken);
    }

    public async Task<ProbeAnswer> AskAsync(DatagramPort port, byte[] request, TimeSpan limit, int sends, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var send = 1; ; send++)
        {
            if (Interlocked.Increment(ref _sent) > MostDatagrams)
            {
                throw new InvalidOperationException("The questions are more than what a server is promised.");
            }

            if (!await port.TrySendAsync(request, cancellationToken))
            {
                return new ProbeAnswer(null, null, false, TimeProvider.System.GetElapsedTime(started), true);
            }

            var received = await port.ReceiveAsync(limit / sends, cancellationToken);
            if (received.Octets is not null || received.IsRefused || send == sends)
            {
                return Measured(ProbeAnswer.Of(request, target.Secret, received, TimeProvider.System.GetElapsedTime(started)));
            }
        }
    }

    private ProbeAnswer Measured(ProbeAnswer answer)
    {
        lock (_lock)
        {
            _slowest = answer.Packet is not null && answer.Elapsed > _slowest ? answer.Elapsed : _slowest;
        }

        return answer;
    }
}
