using System.Diagnostics.CodeAnalysis;

namespace NacGateway.Radius.Packets;

/// <summary>One extended attribute, its fragments joined (RFC 6929 sections 2.1, 2.2).</summary>
/// <param name="Type">241 to 246.</param>
/// <param name="ExtendedType">Extended type, 0 to 255; 26 is vendor specific (RFC 6929 section 2.4).</param>
/// <param name="Value">The value: aliases the list when it came in one piece, else a copy.</param>
[SuppressMessage("Naming", "CA1711", Justification = "Attribute is the word of RFC 6929.")]
public readonly record struct ExtendedAttribute(byte Type, byte ExtendedType, ReadOnlyMemory<byte> Value);
