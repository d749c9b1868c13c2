using System.Net;
using System.Net.Sockets;

namespace NacGateway.Harness.Loading;

/// <summary>
/// One source port and its 256 Identifiers. The socket is connected, so the kernel passes on nothing from another address or port, and never
/// waits: sending and receiving are one call each. Not safe for concurrent use.
/// </summary>
internal sealed class LoadSocket : IDisposable
{
    /// <summary>Identifiers of one source port (RFC 2865 section 3: one octet).</summary>
    public const int Identifiers = 256;

    private const int BufferOctets = 1 << 22;
    private readonly LoadSlot[] _slots = [.. Enumerable.Range(0, Identifiers).Select(_ => new LoadSlot())];

    // Least recently used first (RFC 5080 section 2.2.2): a late reply then meets no new request as long as possible.
    private readonly Queue<byte> _free = new(Enumerable.Range(0, Identifiers).Select(identifier => (byte)identifier));

    public LoadSocket(IPEndPoint server)
    {
        Socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false, ReceiveBufferSize = BufferOctets, SendBufferSize = BufferOctets };
        try
        {
            Socket.Connect(server);
        }
        catch (SocketException)
        {
            Socket.Dispose();
            throw;
        }
    }

    public Socket Socket { get; }

    public bool HasFree => _free.Count != 0;

    public LoadSlot this[byte identifier] => _slots[identifier];

    /// <summary>Takes the Identifier that was free the longest.</summary>
    public byte Take() => _free.Dequeue();

    /// <summary>Gives an Identifier back: its request is answered or given up.</summary>
    public void Release(byte identifier)
    {
        var slot = _slots[identifier];
        slot.Length = 0;
        slot.Turn++;
        _free.Enqueue(identifier);
    }

    /// <summary>Sends once; what the network refuses is lost like any datagram.</summary>
    public SocketError Send(LoadSlot slot)
    {
        Socket.Send(slot.Request, SocketFlags.None, out var error);
        return error;
    }

    /// <summary>Receives one datagram; WouldBlock when there is none.</summary>
    public SocketError Receive(Span<byte> buffer, out int length)
    {
        length = Socket.Receive(buffer, SocketFlags.None, out var error);
        return error;
    }

    public void Dispose() => Socket.Dispose();
}
