using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace NacGateway.Radius.Packets;

/// <summary>
/// Writes a packet straight into the datagram that will be sent: no list, no array in between. Attributes stand in the order of the
/// calls. The authenticator is left as it was given; the Crypto folder signs the finished octets.
/// </summary>
public ref struct PacketWriter
{
    private readonly Span<byte> _destination;

    /// <summary>Starts a packet.</summary>
    /// <param name="destination">At least 20 octets; at most 4096 are used. Kept.</param>
    /// <param name="code">Packet code.</param>
    /// <param name="identifier">Identifier.</param>
    /// <param name="authenticator">16 octets, or empty for zeros where it is computed later.</param>
    /// <exception cref="ArgumentException">The destination has no room for the header, or the authenticator has another length.</exception>
    public PacketWriter(Span<byte> destination, RadiusCode code, byte identifier, ReadOnlySpan<byte> authenticator)
    {
        if (destination.Length < RadiusPacket.HeaderLength)
        {
            throw new ArgumentException("There is no room for the header of 20 octets.", nameof(destination));
        }

        if (authenticator.Length is not (0 or RadiusPacket.AuthenticatorLength))
        {
            throw new ArgumentException("An authenticator has 16 octets.", nameof(authenticator));
        }

        _destination = destination[..Math.Min(destination.Length, RadiusPacket.MaxLength)];
        _destination[..RadiusPacket.HeaderLength].Clear();
        _destination[0] = (byte)code;
        _destination[1] = identifier;
        authenticator.CopyTo(_destination[4..]);
        Length = RadiusPacket.HeaderLength;
    }

    /// <summary>Octets written, header included.</summary>
    public int Length { get; private set; }

    /// <summary>Appends an attribute and returns the place for its value, zeroed.</summary>
    /// <param name="type">Attribute type.</param>
    /// <param name="length">0 to 253.</param>
    /// <returns>The value's octets in the destination.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is over 253, or there is no room.</exception>
    public Span<byte> Reserve(byte type, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, AttributeList.MaxValueLength);
        if (_destination.Length - Length < length + 2)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, $"The attribute does not fit: {Length} of {_destination.Length} octets are taken.");
        }

        Span<byte> place = _destination.Slice(Length, length + 2);
        place.Clear();
        place[0] = type;
        place[1] = (byte)place.Length;
        Length += place.Length;
        return place[2..];
    }

    /// <summary>Appends octets.</summary>
    /// <param name="type">Attribute type.</param>
    /// <param name="value">0 to 253 octets; copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is longer, or there is no room.</exception>
    public void Add(byte type, scoped ReadOnlySpan<byte> value) => value.CopyTo(Reserve(type, value.Length));

    /// <summary>Appends an integer or enum (RFC 8044 sections 3.1, 3.2).</summary>
    /// <param name="type">Attribute type.</param>
    /// <param name="value">Any value.</param>
    public void AddInteger(byte type, uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(type, sizeof(uint)), value);

    /// <summary>Appends a text (RFC 8044 section 3.4); an empty one is left out, because it may not be sent.</summary>
    /// <param name="type">Attribute type.</param>
    /// <param name="text">At most 253 octets as UTF-8.</param>
    /// <exception cref="ArgumentOutOfRangeException">The text is longer, or there is no room.</exception>
    public void AddText(byte type, scoped ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty)
        {
            Encoding.UTF8.GetBytes(text, Reserve(type, Encoding.UTF8.GetByteCount(text)));
        }
    }

    /// <summary>Appends an address of either family (RFC 8044 sections 3.8, 3.9).</summary>
    /// <param name="type">Attribute type, which must be of that family.</param>
    /// <param name="address">The address.</param>
    public void AddAddress(byte type, IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        Add(type, octets[..AttributeValue.WriteAddress(octets, address)]);
    }

    /// <summary>Appends a zeroed Message-Authenticator for the signer to fill (RFC 3579 section 3.2).</summary>
    public void AddMessageAuthenticator() => Reserve(80, RadiusPacket.AuthenticatorLength);

    /// <summary>Writes the Length field.</summary>
    /// <returns>The finished packet, a part of the destination, ready to be signed.</returns>
    public readonly Span<byte> Complete()
    {
        BinaryPrimitives.WriteUInt16BigEndian(_destination[2..], (ushort)Length);
        return _destination[..Length];
    }
}
