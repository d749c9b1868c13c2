using System.Globalization;

namespace NacGateway.Core.Insight.Search;

/// <summary>A range that ends now, as URLs write it: 15m, 1h, 24h, 7d, 30d.</summary>
public static class RelativeRange
{
    private const int Longest = 4;
    private static readonly TimeSpan s_most = TimeSpan.FromDays(3_660);

    /// <summary>Its length; false for what is none.</summary>
    public static bool TryParse(string? text, out TimeSpan length)
    {
        length = default;
        if (text is not { Length: >= 2 and <= Longest + 1 } || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            return false;
        }

        length = text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => default,
        };
        return length > TimeSpan.Zero && length <= s_most;
    }
}
