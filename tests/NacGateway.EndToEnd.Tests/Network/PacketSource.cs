using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using NacGateway.TestKit.Network;

namespace NacGateway.EndToEnd.Tests.Network;

/// <summary>
/// Many devices behind one cable: UDP datagrams in Ethernet frames, each with its own hardware and IPv4 address, sent in turn for as long
/// as it lives. What comes back to them nobody hears.
/// </summary>
internal sealed class PacketSource : IAsyncDisposable
{
    private const ushort EtherTypeIPv4 = 0x0800;
    private const int Headers = 14 + 20 + 8;
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _socket;
    private readonly byte[][] _frames;
    private readonly Task _work;
    private long _sent;

    private PacketSource(Socket socket, byte[][] frames)
    {
        _socket = socket;
        _frames = frames;
        _work = Task.Run(SendAsync);
    }

    /// <summary>Frames sent so far.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Begins to send.</summary>
    /// <param name="inside">Where the cable is.</param>
    /// <param name="devices">Who sends.</param>
    /// <param name="router">Hardware address of the router.</param>
    /// <param name="to">Where to.</param>
    public static async Task<PacketSource> StartAsync(NetNamespace inside, IEnumerable<(PhysicalAddress Mac, IPAddress Address)> devices, PhysicalAddress router, IPEndPoint to)
    {
        var frames = devices.Select(device => Frame(device.Mac, device.Address, router, to)).ToArray();
        var socket = await inside.InsideAsync(() =>
        {
            var raw = new Socket(AddressFamily.Packet, SocketType.Raw, ProtocolType.Unspecified);
            raw.Bind(new LinkEndPoint(NetworkInterface.GetAllNetworkInterfaces().Single(each => each.Name == inside.Device).GetIPProperties().GetIPv4Properties().Index));
            return raw;
        });
        return new PacketSource(socket, frames);
    }

    /// <summary>Sends no more.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        var next = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                for (var count = 0; count < 20; count++, next = (next + 1) % _frames.Length)
                {
                    await _socket.SendAsync(_frames[next], _stop.Token);
                    Interlocked.Increment(ref _sent);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }

    private static byte[] Frame(PhysicalAddress mac, IPAddress from, PhysicalAddress router, IPEndPoint to)
    {
        var frame = new byte[Headers + 32];
        router.GetAddressBytes().CopyTo(frame, 0);
        mac.GetAddressBytes().CopyTo(frame, 6);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), EtherTypeIPv4);

        // RFC 791 section 3.1: version and length of header, total length, time to live, protocol 17, and the header's own checksum.
        var header = frame.AsSpan(14, 20);
        header[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)(frame.Length - 14));
        header[8] = 64;
        header[9] = 17;
        from.GetAddressBytes().CopyTo(header[12..]);
        to.Address.GetAddressBytes().CopyTo(header[16..]);
        var sum = 0;
        for (var at = 0; at < header.Length; at += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(header[at..]);
        }

        BinaryPrimitives.WriteUInt16BigEndian(header[10..], (ushort)~((sum & 0xffff) + (sum >> 16)));

        // RFC 768; a checksum of 0 is none.
        var datagram = frame.AsSpan(34);
        BinaryPrimitives.WriteUInt16BigEndian(datagram, 40_000);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], (ushort)to.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[4..], (ushort)datagram.Length);
        return frame;
    }

    /// <summary>An interface, as packet sockets are bound to (struct sockaddr_ll of packet(7)).</summary>
    private sealed class LinkEndPoint(int index) : EndPoint
    {
        public override AddressFamily AddressFamily => AddressFamily.Packet;

        public override SocketAddress Serialize()
        {
            var address = new SocketAddress(AddressFamily.Packet, 20);
            BinaryPrimitives.WriteInt32LittleEndian(address.Buffer.Span[4..], index);
            return address;
        }
    }
}
