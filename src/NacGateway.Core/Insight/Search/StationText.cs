using System.Diagnostics.CodeAnalysis;

namespace NacGateway.Core.Insight.Search;

/// <summary>Spellings of MAC addresses: a2:37:d4:84:7e:4d, A2-37-D4-84-7E-4D, a237.d484.7e4d and a237d4847e4d are one.</summary>
public static class StationText
{
    private const int Digits = 12;
    private const int LocallyAdministered = 2;

    /// <summary>A MAC address, or the beginning of one, as the database spells it; false for what is none.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="canonical">In capital letters, parted by hyphens.</param>
    /// <param name="isWhole">Whether all its octets are there.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out string? canonical, out bool isWhole)
    {
        ArgumentNullException.ThrowIfNull(text);
        canonical = null;
        isWhole = false;
        Span<char> digits = stackalloc char[Digits];
        var count = 0;
        foreach (var c in text)
        {
            if (c is '-' or ':' or '.')
            {
                continue;
            }

            if (!char.IsAsciiHexDigit(c) || count == Digits)
            {
                return false;
            }

            digits[count++] = char.ToUpperInvariant(c);
        }

        if (count == 0)
        {
            return false;
        }

        List<string> octets = [];
        for (var at = 0; at < count; at += 2)
        {
            octets.Add(digits[at..Math.Min(at + 2, count)].ToString());
        }

        canonical = string.Join('-', octets);
        isWhole = count == Digits;
        return true;
    }

    /// <summary>Whether it is a MAC address that the device made up itself (the locally administered bit), as phones do for each network.</summary>
    public static bool IsRandomised(string? station) =>
        station is not null && TryRead(station, out var canonical, out var isWhole) && isWhole && (Convert.ToInt32(canonical[..2], 16) & LocallyAdministered) != 0;
}
