using System.Buffers.Binary;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.RadSec;

/// <summary>
/// Cuts packets from a stream by their Length field (RFC 6613 section 2.6.4): they may come split or joined in any way. One reader at a
/// time.
/// </summary>
internal sealed class FrameReader(Stream stream)
{
    private const int LengthEnd = 4;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(4 * RadiusPacket.MaxLength);
    private int _start;
    private int _end;
    private volatile bool _isWithinPacket;

    /// <summary>Whether a part of a packet has come and the rest is waited for; readable from anywhere.</summary>
    public bool IsWithinPacket => _isWithinPacket;

    /// <summary>The next packet; its octets are valid until the next call. The attributes are not looked at.</summary>
    /// <exception cref="IOException">The connection broke, or the peer sent a TLS alert.</exception>
    public async ValueTask<(FrameStatus Status, ReadOnlyMemory<byte> Packet)> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_end - _start >= LengthEnd)
            {
                int length = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_start + 2));
                if (length is < RadiusPacket.HeaderLength or > RadiusPacket.MaxLength)
                {
                    return (FrameStatus.Broken, default);
                }

                if (_end - _start >= length)
                {
                    ReadOnlyMemory<byte> packet = _buffer.AsMemory(_start, length);
                    _start += length;
                    _isWithinPacket = false;
                    return (FrameStatus.Packet, packet);
                }
            }

            MakeRoom();
            _isWithinPacket = _end > _start;
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return (_end > _start ? FrameStatus.Cut : FrameStatus.End, default);
            }

            _end += read;
        }
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }
        else if (_buffer.Length - _start < RadiusPacket.MaxLength)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
    }
}
