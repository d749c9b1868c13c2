namespace NacGateway.Web.Portal.Texts;

/// <summary>Durations, sizes and times as people read them, in the words of a language.</summary>
internal static class HumanUnits
{
    /// <summary>A duration to the minute, the two largest units.</summary>
    public static string Duration(PortalTexts texts, TimeSpan duration)
    {
        var minutes = (long)Math.Floor(duration.TotalMinutes);
        return minutes switch
        {
            < 1 => texts["Duration_UnderMinute"],
            < 60 => texts.Format("Duration_Minutes", minutes),
            < 24 * 60 => texts.Format("Duration_Hours", minutes / 60, minutes % 60),
            _ => texts.Format("Duration_Days", minutes / (24 * 60), minutes / 60 % 24),
        };
    }

    /// <summary>A number of octets in decimal units, as operators count traffic.</summary>
    public static string Size(PortalTexts texts, long octets) => octets switch
    {
        < 1_000 => texts.Format("Size_Bytes", octets),
        < 1_000_000 => texts.Format("Size_Kilo", (octets / 1e3).ToString("0.#", texts.Culture)),
        < 1_000_000_000 => texts.Format("Size_Mega", (octets / 1e6).ToString("0.#", texts.Culture)),
        _ => texts.Format("Size_Giga", (octets / 1e9).ToString("0.##", texts.Culture)),
    };

    /// <summary>An instant in the gateway's zone: the clock time alone if it is today.</summary>
    public static (string? Date, string Time) Instant(TimeProvider time, DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, time.LocalTimeZone);
        var today = TimeZoneInfo.ConvertTime(time.GetUtcNow(), time.LocalTimeZone).Date;
        var clock = local.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        return (local.Date == today ? null : local.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), clock);
    }
}
