using System.Buffers.Binary;
using System.Net;
using Microsoft.Extensions.Options;
using NacGateway.Core.Sessions;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>
/// Says which addresses the gate may dial for a client. It is asked about resolved addresses only, so no spelling of a host
/// (<c>0x7f.1</c>, <c>127.1</c>, a name that points inwards) gets around it.
/// </summary>
internal sealed class DestinationGuard(IOptions<GateOptions> options, OwnEndPoints own)
{
    /// <summary>No setting opens these: not destinations at all, and the metadata services of clouds, which hand out credentials.</summary>
    private static readonly AddressPrefix[] Never = Parse(
        "0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "::/96", "ff00::/8",
        "169.254.169.254", "fe80::a9fe:a9fe", "169.254.0.23", "169.254.170.2", "169.254.170.23", "168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254",
        "2001::/32", "64:ff9b:1::/48", "::ffff:0:0:0/96"); // Teredo, local NAT64 and SIIT (RFC 6145) lead to an IPv4 address by a way that cannot be known.

    /// <summary>Open only where Gate:AllowedPrivateDestinations says so.</summary>
    private static readonly AddressPrefix[] Private = Parse(
        "127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "192.0.0.0/24", "198.18.0.0/15",
        "fc00::/7", "fe80::/10", "fec0::/10");

    private static readonly AddressPrefix Nat64 = AddressPrefix.Parse("64:ff9b::/96");
    private static readonly AddressPrefix SixToFour = AddressPrefix.Parse("2002::/16");
    private static readonly UInt128 Mapped = ClientKey.From(IPAddress.Parse("0.0.0.0")).Bits;
    private static readonly UInt128 Loopback6 = ClientKey.From(IPAddress.IPv6Loopback).Bits;

    private readonly AddressPrefix[] _allowed = [.. options.Value.AllowedPrivateDestinations.Select(AddressPrefix.Parse)];
    private readonly AddressPrefix[] _refused = [.. options.Value.RefusedDestinations.Select(AddressPrefix.Parse)];

    /// <summary>True when the gate may connect to this address and port.</summary>
    public bool Allows(IPAddress address, int port)
    {
        var bits = ClientKey.From(address).Bits;
        if (!AllowsPlain(bits, port))
        {
            return false;
        }

        return Within(bits) is not { } within || AllowsPlain(Mapped | within, port);
    }

    /// <summary>The IPv4 address that would be reached by way of this one, when a translator on the way takes one out of it.</summary>
    public static IPAddress? Translated(IPAddress address)
    {
        if (Within(ClientKey.From(address).Bits) is not { } within)
        {
            return null;
        }

        Span<byte> octets = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, within);
        return new IPAddress(octets);
    }

    /// <summary>RFC 6052 section 2.1 and RFC 3056 section 2.</summary>
    private static uint? Within(UInt128 bits) =>
        Nat64.Contains(bits) ? (uint)(bits & uint.MaxValue)
        : SixToFour.Contains(bits) ? (uint)((bits >> 80) & uint.MaxValue)
        : null;

    private bool AllowsPlain(UInt128 bits, int port)
    {
        // ::1 lies in ::/96, the range of IPv4-compatible addresses, but may be allowed as any other loopback address.
        if ((bits != Loopback6 && Any(Never, bits)) || Any(_refused, bits))
        {
            return false;
        }

        var inward = Any(Private, bits);
        var isOwn = own.Contains(bits);
        if ((isOwn || inward) && own.ListensOn(bits, port))
        {
            return false;
        }

        return !(inward || isOwn) || Any(_allowed, bits);
    }

    private static bool Any(AddressPrefix[] prefixes, UInt128 bits)
    {
        foreach (var prefix in prefixes)
        {
            if (prefix.Contains(bits))
            {
                return true;
            }
        }

        return false;
    }

    private static AddressPrefix[] Parse(params string[] texts) => [.. texts.Select(AddressPrefix.Parse)];
}
