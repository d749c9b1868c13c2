using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace NacGateway.Core.Policy;

/// <summary>
/// One line of a role's destinations: <c>allow</c> or <c>deny</c>, then a name, <c>*.name</c>, an address, a prefix or <c>*</c>, then
/// perhaps a port or a range of them. Immutable.
/// </summary>
public sealed class DestinationRule
{
    private readonly HostPattern? _host;
    private readonly NetworkPrefix? _prefix;
    private readonly (int First, int Last) _ports;

    private DestinationRule(bool isAllowed, HostPattern? host, NetworkPrefix? prefix, (int First, int Last) ports, string text)
    {
        IsAllowed = isAllowed;
        _host = host;
        _prefix = prefix;
        _ports = ports;
        Text = text;
    }

    /// <summary>Whether what it fits may be reached.</summary>
    public bool IsAllowed { get; }

    /// <summary>As it is written in the rules.</summary>
    public string Text { get; }

    /// <summary>The names that it is about; null for those of any.</summary>
    internal HostPattern? Host => _host;

    /// <summary>The addresses that it is about; null for any.</summary>
    internal NetworkPrefix? Prefix => _prefix;

    /// <summary>The ports that it is about; 0 to 65535 for any, and for what has none.</summary>
    internal (int First, int Last) Ports => _ports;

    /// <summary>Whether it can be decided by the address only, which is not known before the name is resolved.</summary>
    internal bool NeedsAddress => _prefix is not null;

    /// <summary>Reads <c>allow www.example.org:443</c>, <c>deny 10.0.0.0/8</c>, <c>allow [2001:db8::]/32:8000-8100</c>.</summary>
    internal static bool TryParse(string text, [NotNullWhen(true)] out DestinationRule? rule)
    {
        rule = null;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words is not [var verb, var target] || verb is not ("allow" or "deny") || !TrySplit(target, out var place, out var ports))
        {
            return false;
        }

        HostPattern? host = null;
        NetworkPrefix? prefix = null;
        if (place != "*")
        {
            if (NetworkPrefix.TryParse(place, out var range))
            {
                prefix = range;
            }
            else if (!HostPattern.TryParse(place, out host))
            {
                return false;
            }
        }

        rule = new DestinationRule(verb == "allow", host, prefix, ports, $"{verb} {target}");
        return true;
    }

    /// <summary>Whether it is about this destination; of an address that is not known yet, one that needs it says no. Does not allocate.</summary>
    internal bool Fits(ReadOnlySpan<char> host, IPAddress? address, int port) =>
        port >= _ports.First && port <= _ports.Last
        && (_host is null || _host.Matches(host))
        && (_prefix is not { } prefix || (address is not null && prefix.Contains(address)));

    /// <summary>Whether its ports hold this one.</summary>
    internal bool HasPort(int port) => port >= _ports.First && port <= _ports.Last;

    /// <summary>An IPv6 address that a port follows stands in brackets, for both are written with colons.</summary>
    private static bool TrySplit(string target, out string place, out (int First, int Last) ports)
    {
        ports = (0, 65535);
        place = target;
        var isBracketed = target.StartsWith('[');
        var colon = target.LastIndexOf(':');
        if (isBracketed)
        {
            var end = target.IndexOf(']', StringComparison.Ordinal);
            colon = end < 0 ? -1 : target.IndexOf(':', end);
            place = end < 0 ? target : target[1..end] + (colon < 0 ? target[(end + 1)..] : target[(end + 1)..colon]);
        }
        else if (target.IndexOf(':', StringComparison.Ordinal) != colon)
        {
            // Several colons without brackets: an IPv6 address alone.
            return true;
        }
        else if (colon >= 0)
        {
            place = target[..colon];
        }

        return colon < 0 || TryReadPorts(target[(colon + 1)..], out ports);
    }

    private static bool TryReadPorts(string text, out (int First, int Last) ports)
    {
        ports = default;
        var parts = text.Split('-');
        if (parts.Length > 2 || !TryReadPort(parts[0], out var first) || !TryReadPort(parts[^1], out var last) || last < first)
        {
            return false;
        }

        ports = (first, last);
        return true;
    }

    private static bool TryReadPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535;
}
