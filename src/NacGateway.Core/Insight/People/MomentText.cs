using System.Globalization;
using NacGateway.Core.Insight.Search;

namespace NacGateway.Core.Insight.People;

/// <summary>
/// A moment as people say it: "14:03", "yesterday 14:03", "Tuesday at 14:03", "2026-11-24 14:03", each in a zone, or ISO 8601 with a zone
/// of its own. What has no day, or only one of the week, is the last such time that has been.
/// </summary>
public static class MomentText
{
    private const int Longest = 64;
    private const int DaysOfWeek = 7;
    private static readonly string[] s_fillers = ["at ", "on "];
    private static readonly string[] s_clocks = ["H:mm", "HH:mm", "H:mm:ss", "HH:mm:ss"];

    /// <summary>Reads one; false for what is none.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="now">The moment it is.</param>
    /// <param name="zone">Where whoever typed it is.</param>
    /// <param name="at">The moment, UTC.</param>
    public static bool TryRead(string? text, DateTimeOffset now, TimeZoneInfo zone, out DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(zone);
        at = now;
        if (text is not { Length: > 0 and <= Longest })
        {
            return false;
        }

        var trimmed = text.Trim();
        trimmed = s_fillers.FirstOrDefault(filler => trimmed.StartsWith(filler, StringComparison.OrdinalIgnoreCase)) is { } first ? trimmed[first.Length..].TrimStart() : trimmed;
        if (Is(trimmed, "now"))
        {
            return true;
        }

        // With a zone of its own it means the same to everybody.
        if (HasZone(trimmed))
        {
            return UtcText.TryParse(trimmed, out at);
        }

        // "2026-11-24T14:03" is a day and a clock, as is "14:03 on Tuesday": the order does not matter.
        var words = (trimmed.Length > 10 && char.IsAsciiDigit(trimmed[9]) && trimmed[10] is 'T' or 't' ? $"{trimmed[..10]} {trimmed[11..]}" : trimmed)
            .Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !Is(word, "at") && !Is(word, "on") && !Is(word, "last")).ToArray();
        return words is { Length: 1 or 2 } && TryJoin(words, now, zone, out at);
    }

    private static bool HasZone(string text) =>
        text.Length > "2026-11-24T1".Length && text[4] == '-' && (text[^1] is 'Z' or 'z' || text.LastIndexOfAny(['+', '-']) > "2026-11-24".Length);

    private static bool TryJoin(string[] words, DateTimeOffset now, TimeZoneInfo zone, out DateTimeOffset at)
    {
        at = default;
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var clock = Array.FindIndex(words, word => TimeOnly.TryParseExact(word, s_clocks, CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
        var time = clock < 0 ? TimeOnly.MinValue : TimeOnly.ParseExact(words[clock], s_clocks, CultureInfo.InvariantCulture);
        var rest = words.Where((_, index) => index != clock).ToArray();
        if (rest.Length == 0)
        {
            var today = local.Date + time.ToTimeSpan();
            return TryPlace(today > local ? today.AddDays(-1) : today, zone, out at);
        }

        return rest.Length == 1 && TryDay(rest[0], local, time, out var day) && TryPlace(day + time.ToTimeSpan(), zone, out at);
    }

    private static bool TryDay(string word, DateTime local, TimeOnly time, out DateTime day)
    {
        day = local.Date;
        if (Is(word, "today"))
        {
            return true;
        }

        if (Is(word, "yesterday"))
        {
            day = day.AddDays(-1);
            return true;
        }

        foreach (var weekday in Enum.GetValues<DayOfWeek>())
        {
            if (Is(word, weekday.ToString()) || Is(word, weekday.ToString()[..3]))
            {
                var back = ((int)local.DayOfWeek - (int)weekday + DaysOfWeek) % DaysOfWeek;
                day = day.AddDays(back == 0 && time.ToTimeSpan() > local.TimeOfDay ? -DaysOfWeek : -back);
                return true;
            }
        }

        return DateTime.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is > 1 and < 9999;
    }

    /// <summary>A local time that the change to summer time left out is taken as it would have been; of one that came twice, the first.</summary>
    private static bool TryPlace(DateTime local, TimeZoneInfo zone, out DateTimeOffset at)
    {
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        at = new DateTimeOffset(local, offset).ToUniversalTime();
        return true;
    }

    private static bool Is(string text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
