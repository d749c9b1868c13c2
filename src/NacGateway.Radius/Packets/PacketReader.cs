using System.Buffers.Binary;

namespace NacGateway.Radius.Packets;

/// <summary>Reads a packet over the octets it arrived in: one bounds-checked walk, no allocation, no copy.</summary>
public readonly ref struct PacketReader
{
    private readonly ReadOnlySpan<byte> _packet;

    private PacketReader(ReadOnlySpan<byte> packet, int count)
    {
        _packet = packet;
        Count = count;
    }

    /// <summary>Packet code.</summary>
    public RadiusCode Code => (RadiusCode)_packet[0];

    /// <summary>Identifier.</summary>
    public byte Identifier => _packet[1];

    /// <summary>The 16 octets of the authenticator field.</summary>
    public ReadOnlySpan<byte> Authenticator => _packet.Slice(4, RadiusPacket.AuthenticatorLength);

    /// <summary>The attributes as they stand on the wire.</summary>
    public ReadOnlySpan<byte> Attributes => _packet[RadiusPacket.HeaderLength..];

    /// <summary>The packet without padding.</summary>
    public ReadOnlySpan<byte> Packet => _packet;

    /// <summary>Number of attributes.</summary>
    public int Count { get; }

    /// <summary>Checks the framing and gives a reader over the same octets.</summary>
    /// <param name="datagram">What was received; aliased by the reader.</param>
    /// <param name="reader">The reader; default when the framing is wrong.</param>
    /// <returns><see cref="PacketError.None"/>, or what is wrong.</returns>
    public static PacketError TryRead(ReadOnlySpan<byte> datagram, out PacketReader reader)
    {
        PacketError error = Check(datagram, out int length, out int count);
        reader = error == PacketError.None ? new PacketReader(datagram[..length], count) : default;
        return error;
    }

    /// <summary>Walks the attributes in wire order.</summary>
    public Enumerator GetEnumerator() => new(Attributes);

    internal static PacketError Check(ReadOnlySpan<byte> datagram, out int length, out int count)
    {
        length = 0;
        count = 0;
        if (datagram.Length < RadiusPacket.HeaderLength)
        {
            return PacketError.HeaderTruncated;
        }

        length = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        if (length is < RadiusPacket.HeaderLength or > RadiusPacket.MaxLength)
        {
            return PacketError.LengthOutOfRange;
        }

        if (datagram.Length < length)
        {
            return PacketError.Truncated;
        }

        for (int offset = RadiusPacket.HeaderLength; offset < length; count++)
        {
            if (length - offset < 2)
            {
                return PacketError.AttributeHeaderTruncated;
            }

            int size = datagram[offset + 1];
            if (size < 2)
            {
                return PacketError.AttributeLengthTooSmall;
            }

            if (size > length - offset)
            {
                return PacketError.AttributeOverrun;
            }

            offset += size;
        }

        return PacketError.None;
    }

    /// <summary>Walks the attributes of a <see cref="PacketReader"/>.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<byte> _attributes;
        private int _next;

        internal Enumerator(ReadOnlySpan<byte> attributes) => _attributes = attributes;

        /// <summary>Type of the current attribute.</summary>
        public byte Type { get; private set; }

        /// <summary>Value of the current attribute, 0 to 253 octets.</summary>
        public ReadOnlySpan<byte> Value { get; private set; }

        /// <summary>The enumerator itself: type and value are read from it.</summary>
        public readonly Enumerator Current => this;

        /// <summary>Steps to the next attribute.</summary>
        public bool MoveNext()
        {
            if (_next >= _attributes.Length)
            {
                return false;
            }

            int size = _attributes[_next + 1];
            Type = _attributes[_next];
            Value = _attributes.Slice(_next + 2, size - 2);
            _next += size;
            return true;
        }
    }
}
