using System.Buffers;
using System.Runtime.InteropServices;

namespace NacGateway.Core.Enforcement.Netlink;

/// <summary>Writes one request: header, fixed part, attributes.</summary>
internal sealed class NetlinkWriter
{
    public const ushort Request = 1;
    public const ushort Acknowledge = 4;
    public const ushort Dump = 0x300;
    public const int Nested = 0x8000;

    private const int Header = 4;

    private readonly ArrayBufferWriter<byte> _buffer = new(256);

    public NetlinkWriter(ushort type, ushort flags)
    {
        Span<byte> header = stackalloc byte[NetlinkReader.Header];
        header.Clear();
        MemoryMarshal.Write(header[4..], type);
        MemoryMarshal.Write(header[6..], (ushort)(flags | Request));
        _buffer.Write(header);
    }

    /// <summary>Adds the fixed part, which the kernel reads as it is.</summary>
    public NetlinkWriter Fixed(ReadOnlySpan<byte> part)
    {
        _buffer.Write(part);
        Align();
        return this;
    }

    public NetlinkWriter Add(int type, ReadOnlySpan<byte> value)
    {
        Span<byte> header = stackalloc byte[Header];
        MemoryMarshal.Write(header, (ushort)(Header + value.Length));
        MemoryMarshal.Write(header[2..], (ushort)type);
        _buffer.Write(header);
        _buffer.Write(value);
        Align();
        return this;
    }

    /// <summary>Adds an attribute that holds others.</summary>
    public NetlinkWriter Nest(int type, Action<NetlinkWriter> fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        var inner = new NetlinkWriter(0, 0);
        fill(inner);
        return Add(type | Nested, inner._buffer.WrittenSpan[NetlinkReader.Header..]);
    }

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Finish(uint sequence)
    {
        var message = MemoryMarshal.AsMemory(_buffer.WrittenMemory).Span;
        MemoryMarshal.Write(message, (uint)message.Length);
        MemoryMarshal.Write(message[8..], sequence);
        return message;
    }

    private void Align()
    {
        var missing = NetlinkAttributes.Aligned(_buffer.WrittenCount) - _buffer.WrittenCount;
        _buffer.Write(stackalloc byte[missing]);
    }
}
