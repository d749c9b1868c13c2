using System.Globalization;

namespace NacGateway.Core.Policy;

/// <summary>The first part of Mikrotik-Rate-Limit: <c>rx-rate[/tx-rate]</c>, seen from the router, so rx is the client's upload.</summary>
internal static class MikrotikRate
{
    /// <summary>Reads both rates in bit/s. One alone is for both directions; bursts and priorities that follow are for queues.</summary>
    public static bool TryParse(string text, out long upload, out long download)
    {
        upload = 0;
        download = 0;
        var end = text.IndexOf(' ', StringComparison.Ordinal);
        var rates = (end < 0 ? text : text[..end]).Split('/');
        return rates.Length is 1 or 2 && TryParseOne(rates[0], out upload) && TryParseOne(rates[^1], out download);
    }

    private static bool TryParseOne(string text, out long rate)
    {
        var factor = text.Length == 0 ? 1 : text[^1] switch
        {
            'k' or 'K' => 1_000L,
            'M' or 'm' => 1_000_000,
            'G' or 'g' => 1_000_000_000,
            _ => 1,
        };
        rate = 0;
        if (!uint.TryParse(factor == 1 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        rate = number * factor;
        return true;
    }
}
