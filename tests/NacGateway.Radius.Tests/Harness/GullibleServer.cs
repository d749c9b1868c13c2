using System.Net;
using System.Net.Sockets;
using System.Text;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Tests.Harness;

/// <summary>A server that answers every datagram as if it were a good request: what no server may be.</summary>
public sealed class GullibleServer : IDisposable
{
    public const string Secret = "a secret that it does not use";

    private readonly Dictionary<(EndPoint, byte), byte[]> _answers = [];
    private readonly HashSet<(EndPoint, byte)> _dropped = [];
    private readonly Habit _habit;
    private int _turn;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _run;

    public GullibleServer(Habit habit = Habit.None)
    {
        _habit = habit;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _run = RunAsync();
    }

    /// <summary>What it does with a source port and Identifier that it has seen.</summary>
    public enum Habit
    {
        /// <summary>It looks at nothing, and so answers the same with the same.</summary>
        None = 0,

        /// <summary>It keeps silent.</summary>
        AnswersOnce,

        /// <summary>It drops the first repetition, as a server does that has answered and is not done with the request yet.</summary>
        DropsFirstRepetition,

        /// <summary>It does the work again, and what comes out differs.</summary>
        AnswersAnew,

        /// <summary>It gives the old answer, whatever is asked.</summary>
        RemembersIdentifiers,
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public void Dispose()
    {
        _end.Cancel();
        _run.GetAwaiter().GetResult();
        _socket.Dispose();
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        var buffer = new byte[8192];
        try
        {
            while (true)
            {
                var got = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _end.Token);
                var isSeen = _answers.TryGetValue((got.RemoteEndPoint, buffer[1]), out var before);
                if (isSeen && (_habit == Habit.AnswersOnce || (_habit == Habit.DropsFirstRepetition && _dropped.Add((got.RemoteEndPoint, buffer[1])))))
                {
                    continue;
                }

                var octets = _habit == Habit.RemembersIdentifiers && isSeen ? before! : Answer(buffer);
                _answers[(got.RemoteEndPoint, buffer[1])] = octets;
                await _socket.SendToAsync(octets, SocketFlags.None, got.RemoteEndPoint, _end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private byte[] Answer(ReadOnlySpan<byte> request)
    {
        var reply = new RadiusPacket(RadiusCode.AccessAccept, request[1]);
        if (_habit == Habit.AnswersAnew)
        {
            reply.Attributes.Add(RadiusAttributeType.State, BitConverter.GetBytes(_turn++));
        }

        var octets = new byte[reply.EncodedLength];
        reply.WriteTo(octets);
        Authenticators.SignReply(octets, request.Slice(4, RadiusPacket.AuthenticatorLength), Encoding.UTF8.GetBytes(Secret));
        return octets;
    }
}
