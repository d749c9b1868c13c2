using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace NacGateway.Radius.Packets;

/// <summary>
/// One RADIUS packet (RFC 2865 section 3): code, identifier, authenticator and an ordered list of attributes. Parsing checks the
/// framing only; whether a packet may be believed is decided by the Crypto folder with the shared secret.
/// </summary>
/// <remarks>
/// <code>
///  0               1               2               3
/// |     Code      |  Identifier   |            Length             |
/// |                     Authenticator (16 octets)                 |
/// |  Attributes ...
/// </code>
/// </remarks>
public sealed class RadiusPacket
{
    /// <summary>Octets of the header.</summary>
    public const int HeaderLength = 20;

    /// <summary>Largest packet in octets (RFC 2865 section 3).</summary>
    public const int MaxLength = 4096;

    /// <summary>Octets of the authenticator field.</summary>
    public const int AuthenticatorLength = 16;

    private readonly byte[] _authenticator = new byte[AuthenticatorLength];

    /// <summary>A packet without attributes and with a zero authenticator.</summary>
    /// <param name="code">Packet code.</param>
    /// <param name="identifier">Identifier; the client assigns its own when it sends.</param>
    public RadiusPacket(RadiusCode code, byte identifier = 0)
        : this(code, identifier, new AttributeList())
    {
    }

    private RadiusPacket(RadiusCode code, byte identifier, AttributeList attributes)
    {
        Code = code;
        Identifier = identifier;
        Attributes = attributes;
    }

    /// <summary>Packet code; values that no RFC names are kept.</summary>
    public RadiusCode Code { get; }

    /// <summary>Identifier, 0 to 255.</summary>
    public byte Identifier { get; set; }

    /// <summary>The 16 octets of the authenticator field, writable.</summary>
    public Span<byte> Authenticator => _authenticator;

    /// <summary>
    /// Which protocol the packet is of. Attributes that need hiding look at it, so that whoever fills a packet need not. Set by the
    /// transport; <see cref="RadiusVersion.Radius10"/> unless the peers agreed on another.
    /// </summary>
    public RadiusVersion Version { get; internal set; }

    /// <summary>
    /// The Token of RADIUS/1.1 (RFC 9765 section 4.1), which has the first four octets of the authenticator field; without meaning in
    /// <see cref="RadiusVersion.Radius10"/>.
    /// </summary>
    public uint Token
    {
        get => BinaryPrimitives.ReadUInt32BigEndian(_authenticator);
        internal set
        {
            _authenticator.AsSpan().Clear();
            BinaryPrimitives.WriteUInt32BigEndian(_authenticator, value);
        }
    }

    /// <summary>The attributes in wire order.</summary>
    public AttributeList Attributes { get; }

    /// <summary>Octets that this packet takes on the wire, 20 to 4096.</summary>
    public int EncodedLength => HeaderLength + Attributes.Encoded.Length;

    /// <summary>Reads one packet. Octets after the Length field are padding and ignored (RFC 2865 section 3).</summary>
    /// <param name="datagram">What was received; not kept.</param>
    /// <param name="packet">The packet, or null.</param>
    /// <param name="error">Why it is none, or <see cref="PacketError.None"/>.</param>
    /// <returns>Whether the framing is right.</returns>
    public static bool TryParse(ReadOnlySpan<byte> datagram, [NotNullWhen(true)] out RadiusPacket? packet, out PacketError error)
    {
        packet = null;
        error = PacketReader.Check(datagram, out int length, out int count);
        if (error != PacketError.None)
        {
            return false;
        }

        packet = new RadiusPacket((RadiusCode)datagram[0], datagram[1], new AttributeList(datagram[HeaderLength..length].ToArray(), count));
        datagram.Slice(4, AuthenticatorLength).CopyTo(packet._authenticator);
        return true;
    }

    /// <summary>Writes header and attributes as they stand, computing only the Length field.</summary>
    /// <param name="destination">At least <see cref="EncodedLength"/> octets.</param>
    /// <returns>Octets written.</returns>
    /// <exception cref="ArgumentException">The destination is too small.</exception>
    public int WriteTo(Span<byte> destination)
    {
        int length = EncodedLength;
        if (destination.Length < length)
        {
            throw new ArgumentException($"The packet takes {length} octets, the destination has {destination.Length}.", nameof(destination));
        }

        destination[0] = (byte)Code;
        destination[1] = Identifier;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)length);
        _authenticator.CopyTo(destination[4..]);
        Attributes.Encoded.CopyTo(destination[HeaderLength..]);
        return length;
    }
}
