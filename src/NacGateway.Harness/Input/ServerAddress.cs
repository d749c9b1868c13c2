using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NacGateway.Harness.Input;

/// <summary>Addresses as the command line has them.</summary>
internal static class ServerAddress
{
    /// <summary>The port of RADIUS authentication (RFC 2865 section 3).</summary>
    public const int DefaultPort = 1812;

    /// <summary>HOST[:PORT] of a server to ask: a name or an address, IPv6 in brackets when a port follows.</summary>
    /// <param name="text">As it was given.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <param name="defaultPort">The port unless another is given.</param>
    /// <param name="option">Where it was given, for the error.</param>
    /// <exception cref="UsageException">It is no address, or its name is not known.</exception>
    public static async Task<IPEndPoint> ResolveAsync(string text, CancellationToken cancellationToken, int defaultPort = DefaultPort, string option = "--server")
    {
        var (host, port, isExplicit) = Split(text);
        port = isExplicit ? port : defaultPort;
        if (host.Length == 0 || port == 0)
        {
            throw new UsageException($"{option}: '{text}' is no HOST[:PORT] to ask. Give a name or an address; the port is {defaultPort} unless another is given.");
        }

        if (IPAddress.TryParse(host, out var address))
        {
            return new IPEndPoint(address, port);
        }

        try
        {
            var found = await Dns.GetHostAddressesAsync(host, cancellationToken);
            return new IPEndPoint(found[0], port);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException or IndexOutOfRangeException)
        {
            throw new UsageException($"{option}: the name {host} has no address ({exception.Message}). Give the address of the server.", exception);
        }
    }

    /// <summary>The host of a HOST[:PORT].</summary>
    public static string HostOf(string text) => Split(text).Host;

    /// <summary>ADDRESS or ADDRESS:PORT of this machine to send from; port 0, and none, is one that the system chooses.</summary>
    /// <exception cref="UsageException">It is no address.</exception>
    public static IPEndPoint Source(string text)
    {
        var (host, port, isExplicit) = Split(text);
        return IPAddress.TryParse(host, out var address)
            ? new IPEndPoint(address, isExplicit ? port : 0)
            : throw new UsageException($"--from: {text} is no ADDRESS[:PORT]. Give an address of this machine, such as 127.0.0.1 or [::1]:5000.");
    }

    /// <summary>ADDRESS:PORT to listen on; names are not taken, for what they stand for may change.</summary>
    /// <exception cref="UsageException">It is no address with a port.</exception>
    public static IPEndPoint Listen(string text, string option = "--listen") =>
        IPEndPoint.TryParse(text, out var endPoint) && Split(text) is { Explicit: true }
            ? endPoint
            : throw new UsageException($"{option}: {text} is no ADDRESS:PORT. Give an address of this machine and a port, such as 127.0.0.1:1812 or [::1]:1812; port 0 takes a free one.");

    private static (string Host, int Port, bool Explicit) Split(string text)
    {
        var colon = text.LastIndexOf(':');
        var isBareIPv6 = colon >= 0 && text.IndexOf(':', StringComparison.Ordinal) != colon && !text.Contains("]:", StringComparison.Ordinal);
        if (colon < 0 || isBareIPv6)
        {
            return (text.Trim('[', ']'), DefaultPort, false);
        }

        return ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? (text[..colon].Trim('[', ']'), port, true)
            : throw new UsageException($"{text[(colon + 1)..]} is no port. Ports are 0 to 65535.");
    }
}
