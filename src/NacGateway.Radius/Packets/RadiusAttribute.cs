using System.Diagnostics.CodeAnalysis;

namespace NacGateway.Radius.Packets;

/// <summary>
/// One attribute as it stands in a packet: its type and its octets, without the two octets of header (RFC 2865 section 5).
/// The value aliases the buffer of the list it was read from; it stays valid as long as that list is not changed.
/// </summary>
/// <param name="Type">Attribute type, 0 to 255.</param>
/// <param name="Value">0 to 253 octets.</param>
[SuppressMessage("Naming", "CA1711", Justification = "Attribute is the word of RFC 2865.")]
public readonly record struct RadiusAttribute(byte Type, ReadOnlyMemory<byte> Value);
