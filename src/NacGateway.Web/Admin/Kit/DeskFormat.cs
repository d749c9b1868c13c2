using System.Globalization;

namespace NacGateway.Web.Admin.Kit;

/// <summary>
/// Numbers as the desk writes them, in pages and in the live feed alike: decimal units as operators count traffic, two units at most, a
/// dash for what is not known.
/// </summary>
public static class DeskFormat
{
    /// <summary>What stands for a value that is not known; 0 is a value.</summary>
    public const string Unknown = "-";

    private static readonly string[] OctetUnits = ["B", "kB", "MB", "GB", "TB", "PB"];
    private static readonly string[] RateUnits = ["b/s", "kb/s", "Mb/s", "Gb/s", "Tb/s"];

    /// <summary>A number of things: 4,986.</summary>
    public static string Count(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? Unknown;

    /// <summary>An amount of octets: 3.02 GB.</summary>
    public static string Octets(long? octets) => octets is { } value ? Scaled(value, OctetUnits) : Unknown;

    /// <summary>A rate in bits a second: 1.84 Gb/s.</summary>
    public static string Rate(double? bitsPerSecond) => bitsPerSecond is { } value && double.IsFinite(value) ? Scaled(value, RateUnits) : Unknown;

    /// <summary>A share of one: 97.3%.</summary>
    public static string Percent(double? share) =>
        share is { } value && double.IsFinite(value) ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.0}%") : Unknown;

    /// <summary>A time that something took: 38 ms, 2.40 s.</summary>
    public static string Latency(TimeSpan? span) => span switch
    {
        null => Unknown,
        { TotalMilliseconds: < 1 } => "under 1 ms",
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Value.TotalMilliseconds:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.Value.TotalSeconds:0.00} s"),
    };

    /// <summary>How long something lasts, its two largest units: 2h 14m, 1m 03s, 3d 04h.</summary>
    public static string Duration(TimeSpan? span)
    {
        if (span is not { } value)
        {
            return Unknown;
        }

        var seconds = (long)Math.Max(0, Math.Floor(value.TotalSeconds));
        return seconds switch
        {
            < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds}s"),
            < 3_600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}m {seconds % 60:00}s"),
            < 86_400 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3_600}h {seconds / 60 % 60:00}m"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400}d {seconds / 3_600 % 24:00}h"),
        };
    }

    /// <summary>"1 session", "317 sessions".</summary>
    public static string Counted(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";

    /// <summary>An instant with its zone, for titles and for what is read without script: 2026-11-26 14:03:10 UTC.</summary>
    public static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>An instant for a machine: 2026-11-26T14:03:10.123Z.</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Scaled(double value, string[] units)
    {
        var unit = 0;
        // 999.95 would be written 1000.0: it belongs to the next unit.
        while (Math.Abs(value) >= (unit == 0 ? 1_000 : 999.95) && unit < units.Length - 1)
        {
            value /= 1_000;
            unit++;
        }

        var digits = unit == 0 ? "0" : unit >= 3 ? "0.00" : "0.0";
        return string.Create(CultureInfo.InvariantCulture, $"{value.ToString(digits, CultureInfo.InvariantCulture)} {units[unit]}");
    }
}
