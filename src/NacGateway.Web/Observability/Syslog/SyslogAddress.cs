using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NacGateway.Web.Observability.Syslog;

/// <summary>Where the syslog server is.</summary>
/// <param name="Host">Name or address, without brackets.</param>
/// <param name="Port">1 to 65535.</param>
internal sealed record SyslogAddress(string Host, int Port)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out SyslogAddress? address)
    {
        address = null;
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
        {
            return false;
        }

        var host = text[..colon];
        var isBracketed = host.StartsWith('[') && host.EndsWith(']');
        var kind = Uri.CheckHostName(isBracketed ? host[1..^1] : host);
        if (kind == UriHostNameType.Unknown || (kind == UriHostNameType.IPv6) != isBracketed)
        {
            return false;
        }

        address = new SyslogAddress(isBracketed ? host[1..^1] : host, port);
        return true;
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
