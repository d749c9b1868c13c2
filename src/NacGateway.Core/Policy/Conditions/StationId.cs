using System.Diagnostics.CodeAnalysis;

namespace NacGateway.Core.Policy.Conditions;

/// <summary>Reads what stands in Called- and Calling-Station-Id (RFC 3580 sections 3.20 and 3.21).</summary>
internal static class StationId
{
    private const int MacDigits = 12;
    private const int MacLength = 17;

    /// <summary>The SSID behind the access point's address in <c>02-00-5E-00-53-01:Guests</c>; null when there is none.</summary>
    public static string? Ssid(string? calledStationId) =>
        calledStationId is { Length: > MacLength + 1 } && calledStationId[MacLength] == ':' && TryReadDigits(calledStationId[..MacLength], out var digits) && digits.Length == MacDigits
            ? calledStationId[(MacLength + 1)..] : null;

    /// <summary>The hexadecimal digits, in capitals, of a MAC address or of its beginning, in any of the usual spellings.</summary>
    public static bool TryReadDigits(string text, [NotNullWhen(true)] out string? digits)
    {
        digits = string.Concat(text.Where(c => c is not ('-' or ':' or '.'))).ToUpperInvariant();
        if (digits.Length is 0 or > MacDigits || !digits.All(char.IsAsciiHexDigit))
        {
            digits = null;
        }

        return digits is not null;
    }
}
