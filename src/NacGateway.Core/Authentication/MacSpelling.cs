namespace NacGateway.Core.Authentication;

/// <summary>The spelling of a MAC address in Calling- and Called-Station-Id: upper case, parted by hyphens (RFC 3580 sections 3.20 and 3.21).</summary>
internal static class MacSpelling
{
    private const int Length = 17;

    /// <summary>Respells a MAC address at the beginning, behind which a colon and an SSID may stand; what begins with none stays as it is.</summary>
    public static string Canonical(string stationId)
    {
        if (stationId.Length < Length || (stationId.Length > Length && stationId[Length] != ':'))
        {
            return stationId;
        }

        for (var i = 0; i < Length; i++)
        {
            if (i % 3 == 2 ? stationId[i] is not ('-' or ':') : !char.IsAsciiHexDigit(stationId[i]))
            {
                return stationId;
            }
        }

        return string.Concat(stationId[..Length].Replace(':', '-').ToUpperInvariant(), stationId.AsSpan(Length));
    }
}
