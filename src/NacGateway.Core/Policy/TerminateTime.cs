using System.Globalization;

namespace NacGateway.Core.Policy;

/// <summary>WISPr-Session-Terminate-Time: <c>YYYY-MM-DDThh:mm:ss</c> and perhaps <c>Z</c>, <c>+hh:mm</c> or <c>-hh:mm</c>.</summary>
internal static class TerminateTime
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>Reads an instant; without a zone it is a time of the given one. One that lies beyond the calendar in UTC is none.</summary>
    public static bool TryParse(string text, TimeZoneInfo zone, out DateTimeOffset end)
    {
        if (DateTime.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            var offset = zone.GetUtcOffset(local);
            var isInstant = local.Ticks - offset.Ticks is >= 0 and var ticks && ticks <= DateTime.MaxValue.Ticks;
            end = isInstant ? new DateTimeOffset(local, offset) : default;
            return isInstant;
        }

        return DateTimeOffset.TryParseExact(text, [Form + "zzz", Form + "'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out end);
    }
}
