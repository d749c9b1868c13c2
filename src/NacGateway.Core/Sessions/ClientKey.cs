using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NacGateway.Core.Sessions;

/// <summary>
/// A client device's IP address as a value: the key of the session table. IPv4 and its IPv4-mapped IPv6 form are one key, so a
/// dual-stack listener and an IPv4 one see the same client. Making one from an <see cref="IPAddress"/> does not allocate.
/// </summary>
/// <param name="Bits">The 128 bits of the address; IPv4 as ::ffff:a.b.c.d.</param>
public readonly record struct ClientKey(UInt128 Bits)
{
    /// <summary>The key of an address. Zone identifiers are not part of it.</summary>
    public static ClientKey From(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> octets = stackalloc byte[16];
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            octets[10] = 0xff;
            octets[11] = 0xff;
            address.TryWriteBytes(octets[12..], out _);
        }
        else
        {
            address.TryWriteBytes(octets, out _);
        }

        return new ClientKey(BinaryPrimitives.ReadUInt128BigEndian(octets));
    }

    /// <summary>The address; IPv4 in its own form.</summary>
    public IPAddress ToAddress()
    {
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(octets, Bits);
        var address = new IPAddress(octets);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        // IPv4 without an address made for it: lists of many clients are written in this form.
        var octets = (uint)Bits;
        return Bits >> 32 == 0xffff
            ? string.Create(CultureInfo.InvariantCulture, $"{octets >> 24}.{(octets >> 16) & 255}.{(octets >> 8) & 255}.{octets & 255}")
            : ToAddress().ToString();
    }
}
