using System.Net;
using Microsoft.Extensions.Options;

namespace NacGateway.Web.Gate;

/// <summary>
/// Says which client a request is from: the address of its connection, and a header's only when that connection comes from a proxy
/// named in <c>Gate:TrustedProxies</c>. Gate and portal both ask here, so a session opened on one is found by the other.
/// </summary>
internal sealed class ClientAddress
{
    private readonly AddressPrefix[] _trusted;

    public ClientAddress(IOptions<GateOptions> options) => _trusted = [.. options.Value.TrustedProxies.Select(AddressPrefix.Parse)];

    /// <summary>The client's address; an IPv4-mapped one in its IPv4 form.</summary>
    public IPAddress Resolve(HttpContext context)
    {
        var address = Find(context);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>The client's address as the socket gave it, possibly IPv4-mapped: for the session table, which takes both. Does not allocate.</summary>
    public IPAddress Find(HttpContext context)
    {
        // A connection without an address (a pipe) is nobody's: 255.255.255.255 never has a session.
        var connection = context.Connection.RemoteIpAddress ?? IPAddress.None;
        return _trusted.Length == 0 || !AddressPrefix.AnyContains(_trusted, connection) ? connection : FromHeader(context, connection);
    }

    /// <summary>Walks X-Forwarded-For from the right: each trusted proxy vouches for the entry to its left, and only for that one.</summary>
    private IPAddress FromHeader(HttpContext context, IPAddress connection)
    {
        var last = connection;
        var values = context.Request.Headers["X-Forwarded-For"];
        for (var i = values.Count - 1; i >= 0; i--)
        {
            var rest = values[i].AsSpan();
            while (!rest.IsEmpty)
            {
                var comma = rest.LastIndexOf(',');
                var entry = rest[(comma + 1)..].Trim();
                rest = comma < 0 ? [] : rest[..comma];

                // What cannot be read breaks the chain: the nearest proxy that vouched is all that is known.
                if (!TryParseEntry(entry, out var address))
                {
                    return last;
                }

                last = address;
                if (!AddressPrefix.AnyContains(_trusted, address))
                {
                    return address;
                }
            }
        }

        return last;
    }

    private static bool TryParseEntry(ReadOnlySpan<char> entry, out IPAddress address)
    {
        // "192.0.2.1:4711" and "[2001:db8::1]:4711" carry a port; a bare IPv6 address also has colons.
        if (IPAddress.TryParse(entry, out var bare))
        {
            address = bare;
            return true;
        }

        var parsed = IPEndPoint.TryParse(entry, out var endPoint);
        address = parsed ? endPoint!.Address : IPAddress.None;
        return parsed;
    }
}
