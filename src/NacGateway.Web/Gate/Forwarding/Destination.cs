using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http.Features;
using NacGateway.Web.Gate.Interception;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>
/// Where a request wants to go, read from its target and Host; on an intercepted connection it goes where the connection was going, and
/// target and Host say no more than the name.
/// </summary>
/// <param name="Scheme">http, or https where an absolute-form target says so.</param>
/// <param name="Host">A name in ASCII or an address, an IPv6 one in brackets.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Target">Path and query, as they were sent.</param>
internal sealed record Destination(string Scheme, string Host, int Port, string Target)
{
    private const int LongestName = 253;

    /// <summary>Where an intercepted connection was going, to which <see cref="Port"/> belongs; null where the name decides.</summary>
    public IPEndPoint? Original { get; private init; }

    /// <summary>What is connected to, in words: the address of an intercepted connection, else the host.</summary>
    public string Reached => Original?.Address.ToString() ?? Host;

    /// <summary>What goes in front of the target in the URL.</summary>
    public string Prefix => Original is null ? $"{Scheme}://{Authority}" : $"{Scheme}://{Original}";

    /// <summary>The Host field as it came; of an intercepted connection only, where it says nothing about the port.</summary>
    private string? Sent { get; init; }

    /// <summary>The Host header's value.</summary>
    public string Authority => Sent ?? (Port == (Scheme == Uri.UriSchemeHttps ? 443 : 80) ? Host : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Host}:{Port}"));

    /// <summary>The host that a request names, without port and brackets; empty where it names none. Does not allocate.</summary>
    public static ReadOnlySpan<char> HostOf(HttpRequest request)
    {
        // Not HttpRequest.Host, which turns xn-- names into Unicode: a name is compared and dialled in ASCII, as it came.
        var host = HostField(request).AsSpan();
        if (host.StartsWith('['))
        {
            var end = host.IndexOf(']');
            return end < 0 ? [] : host[1..end];
        }

        var colon = host.IndexOf(':');
        return colon < 0 ? host : host[..colon];
    }

    /// <summary>The Host field as it came; of an absolute-form request Kestrel has put the target's authority there.</summary>
    public static string? HostField(HttpRequest request)
    {
        var values = request.Headers.Host;
        return values.Count == 1 ? values[0] : null;
    }

    /// <summary>Reads the destination of anything but CONNECT.</summary>
    public static bool TryRead(HttpContext context, out Destination destination)
    {
        destination = null!;
        var request = context.Request;
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var scheme = Uri.UriSchemeHttp;
        var target = raw;
        var authority = HostField(request) ?? string.Empty;
        if (!raw.StartsWith('/'))
        {
            // 1. Absolute-form (RFC 9112 section 3.2.2): the target's authority counts, whatever Host says.
            var mark = raw.IndexOf("://", StringComparison.Ordinal);
            if (mark < 0)
            {
                return false;
            }

            scheme = raw[..mark].ToLowerInvariant();
            var start = mark + 3;
            var length = raw.AsSpan(start).IndexOfAny('/', '?', '#');
            authority = length < 0 ? raw[start..] : raw[start..(start + length)];
            target = length < 0 ? "/" : raw[(start + length)..];
            if (target[0] != '/')
            {
                target = "/" + target;
            }
        }

        // 2. A client of HTTP/1.0 may leave the name out; where it was going is known all the same.
        var original = context.Features.Get<OriginalDestination>()?.EndPoint;
        if (original is not null && authority.Length == 0)
        {
            authority = original.ToString();
        }

        // 3. Only what can stand in a request line goes into one.
        if (scheme is not ("http" or "https") || target.AsSpan().ContainsAnyExceptInRange('!', '~')
            || !TrySplit(authority, scheme == Uri.UriSchemeHttps ? 443 : 80, out var host, out var port))
        {
            return false;
        }

        if (original is null)
        {
            destination = new Destination(scheme, host, port, target);
            return true;
        }

        // 4. What was going to that port without TLS is not taken there with it.
        destination = new Destination(scheme, host, original.Port, target) { Original = original, Sent = authority };
        return scheme == Uri.UriSchemeHttp;
    }

    /// <summary>Reads the destination of a CONNECT, whose target must name host and port (RFC 9110 section 9.3.6).</summary>
    public static bool TryReadTunnel(HttpContext context, out Destination destination)
    {
        destination = null!;
        if (!TrySplit(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, 0, out var host, out var port))
        {
            return false;
        }

        destination = new Destination(Uri.UriSchemeHttps, host, port, string.Empty);
        return true;
    }

    /// <summary>Splits host and port; false for a name that no resolver should be asked for, and for user names (<c>a@b</c>).</summary>
    private static bool TrySplit(string authority, int defaultPort, out string host, out int port)
    {
        host = string.Empty;
        port = defaultPort;
        var colon = authority.LastIndexOf(':');
        if (colon > authority.LastIndexOf(']'))
        {
            if (!ushort.TryParse(authority.AsSpan(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var given))
            {
                return false;
            }

            port = given;
            authority = authority[..colon];
        }

        host = authority;
        return port != 0 && (authority.StartsWith('[') ? IsBracketed(authority) : IsName(authority));
    }

    private static bool IsBracketed(string host) =>
        host.EndsWith(']') && !host.Contains('%', StringComparison.Ordinal)
        && IPAddress.TryParse(host.AsSpan(1, host.Length - 2), out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    private static bool IsName(string host)
    {
        if (host.Length is 0 or > LongestName || host[0] is '.' or '-')
        {
            return false;
        }

        foreach (var c in host)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
