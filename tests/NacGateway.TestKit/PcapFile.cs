using System.Buffers.Binary;

namespace NacGateway.TestKit;

/// <summary>Writes RADIUS packets as a capture file, each in an IPv4 and a UDP header of our making.</summary>
internal static class PcapFile
{
    // LINKTYPE_IPV4 of the tcpdump project: a packet begins with its IPv4 header.
    private const uint LinkType = 228;
    private const int IPv4Header = 20;
    private const int UdpHeader = 8;
    private const ushort ClientPort = 40000;

    public static void Write(string path, IEnumerable<ReadOnlyMemory<byte>> packets)
    {
        using var file = File.Create(path);
        Span<byte> header = stackalloc byte[24];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], ushort.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], LinkType);
        file.Write(header);
        uint second = 0;
        foreach (var packet in packets)
        {
            Write(file, packet.Span, second++);
        }
    }

    private static void Write(FileStream file, ReadOnlySpan<byte> payload, uint second)
    {
        var length = IPv4Header + UdpHeader + payload.Length;
        Span<byte> headers = stackalloc byte[16 + IPv4Header + UdpHeader];
        headers.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(headers, second);
        BinaryPrimitives.WriteUInt32LittleEndian(headers[8..], (uint)length);
        BinaryPrimitives.WriteUInt32LittleEndian(headers[12..], (uint)length);

        var address = headers[16..];
        address[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(address[2..], (ushort)length);
        address[8] = 64;
        address[9] = 17;
        var (isRequest, serverPort) = Direction(payload.IsEmpty ? (byte)0 : payload[0]);
        (address[12], address[15]) = (127, isRequest ? (byte)1 : (byte)2);
        (address[16], address[19]) = (127, isRequest ? (byte)2 : (byte)1);
        BinaryPrimitives.WriteUInt16BigEndian(address[10..], Checksum(address[..IPv4Header]));

        // A UDP checksum of 0 says that there is none.
        var ports = address[IPv4Header..];
        BinaryPrimitives.WriteUInt16BigEndian(ports, isRequest ? ClientPort : serverPort);
        BinaryPrimitives.WriteUInt16BigEndian(ports[2..], isRequest ? serverPort : ClientPort);
        BinaryPrimitives.WriteUInt16BigEndian(ports[4..], (ushort)(UdpHeader + payload.Length));
        file.Write(headers);
        file.Write(payload);
    }

    private static (bool IsRequest, ushort ServerPort) Direction(byte code) => code switch
    {
        4 => (true, 1813),
        5 => (false, 1813),
        40 or 43 => (true, 3799),
        41 or 42 or 44 or 45 => (false, 3799),
        2 or 3 or 11 or 52 => (false, 1812),
        _ => (true, 1812),
    };

    private static ushort Checksum(ReadOnlySpan<byte> header)
    {
        uint sum = 0;
        for (var i = 0; i < header.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(header[i..]);
        }

        return (ushort)~((sum & 0xFFFF) + (sum >> 16));
    }
}
