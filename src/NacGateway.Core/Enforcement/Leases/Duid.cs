using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>The identifier of a DHCPv6 client (RFC 8415 section 11).</summary>
internal static class Duid
{
    /// <summary>Digits of the longest that has a MAC address of Ethernet in it: type, hardware, time, address.</summary>
    private const int LongestText = 2 * 14;

    /// <summary>The MAC address in a DUID-LLT or DUID-LL of an Ethernet interface; null in any other.</summary>
    public static MacAddress? MacOf(string text)
    {
        var digits = text.Replace(":", "", StringComparison.Ordinal);
        return (digits.Length == LongestText && digits.StartsWith("00010001", StringComparison.Ordinal)) || (digits.Length == 2 * 10 && digits.StartsWith("00030001", StringComparison.Ordinal))
            ? MacAddress.TryParse(digits.AsSpan(digits.Length - 12), out var mac) ? mac : null
            : null;
    }
}
