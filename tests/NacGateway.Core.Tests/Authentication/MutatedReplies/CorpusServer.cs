using System.Net;
using System.Net.Sockets;
using System.Text;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Tests.Authentication.MutatedReplies;

/// <summary>Answers the user whose name is a number with the datagrams of that case, and then, where it has to be read past, rightly.</summary>
internal sealed class CorpusServer : IAsyncDisposable
{
    /// <summary>Session-Timeout of the right reply.</summary>
    public const uint RightTimeout = 777;

    private readonly Socket _socket = NewSocket(IPAddress.Loopback);
    private readonly Dictionary<string, Socket> _strangers = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IReadOnlyList<ReplyCase> _cases;
    private readonly Task _loop;

    public CorpusServer(IReadOnlyList<ReplyCase> cases)
    {
        _cases = cases;
        _loop = RunAsync();
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        _socket.Dispose();
        foreach (var stranger in _strangers.Values)
        {
            stranger.Dispose();
        }

        _stopping.Dispose();
    }

    private static Socket NewSocket(IPAddress address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }

    private async Task RunAsync()
    {
        var buffer = new byte[RadiusPacket.MaxLength];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stopping.Token);
                var octets = buffer[..received.ReceivedBytes];
                if (RadiusPacket.TryParse(octets, out var request, out _) && int.TryParse(request.UserName, System.Globalization.CultureInfo.InvariantCulture, out var number))
                {
                    await AnswerAsync(_cases[number], octets, received.RemoteEndPoint);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(ReplyCase own, byte[] request, EndPoint client)
    {
        var sent = 0;
        foreach (var datagram in own.Make(request))
        {
            await From(own.From).SendToAsync(datagram, SocketFlags.None, client, _stopping.Token);
            if (++sent % 50 == 0)
            {
                // The kernel's buffer is not what is tested.
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, _stopping.Token);
            }
        }

        if (own.Verdict == ReplyVerdict.Discarded)
        {
            var right = Raw.Reply(request, RadiusCode.AccessAccept, Raw.Place(), Raw.Integer(27, RightTimeout), Raw.Attribute(18, Encoding.UTF8.GetBytes("right")));
            await _socket.SendToAsync(right, SocketFlags.None, client, _stopping.Token);
        }
    }

    private Socket From(string? address)
    {
        if (address is null)
        {
            return _socket;
        }

        if (!_strangers.TryGetValue(address, out var stranger))
        {
            _strangers.Add(address, stranger = NewSocket(IPAddress.Parse(address)));
        }

        return stranger;
    }
}
