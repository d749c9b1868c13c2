using System.Globalization;
using NacGateway.Core.Policy.Conditions;

namespace NacGateway.Core.Policy.Documents;

/// <summary>Reads a time window.</summary>
/// <param name="zone">The zone where the window names none; null for the gateway's own.</param>
internal sealed class WindowReader(TimeZoneInfo? zone)
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    // A week as people write it; the framework's begins on Sunday.
    private static readonly (string Name, DayOfWeek Day)[] s_week =
    [
        ("Mon", DayOfWeek.Monday), ("Tue", DayOfWeek.Tuesday), ("Wed", DayOfWeek.Wednesday), ("Thu", DayOfWeek.Thursday),
        ("Fri", DayOfWeek.Friday), ("Sat", DayOfWeek.Saturday), ("Sun", DayOfWeek.Sunday),
    ];

    /// <summary>Null when something of it is wrong.</summary>
    public TimeWindow? Read(Part part)
    {
        var fields = part.Fields("days", "from", "to", "timeZone");
        HashSet<DayOfWeek>? days = fields.TryGetValue("days", out var listed) ? ReadDays(listed) : [.. s_week.Select(day => day.Day)];
        var from = fields.TryGetValue("from", out var begin) ? ReadClock(begin) : TimeSpan.Zero;
        var to = fields.TryGetValue("to", out var end) ? ReadClock(end) : s_day;
        var own = fields.TryGetValue("timeZone", out var named) ? ReadZone(named) : zone;
        if (from is not { } first || to is not { } last)
        {
            return null;
        }

        if (first == last || first == s_day)
        {
            part.Fail("begins when it ends, or at 24:00. Write from 00:00 to 24:00 for a whole day.");
            return null;
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{Words(listed, days)}{Clock(first)}-{Clock(last)}{(own is null ? "" : " " + own.Id)}");
        return new TimeWindow(days, first, last, own, text);
    }

    /// <summary>Reads a zone by its IANA name.</summary>
    public static TimeZoneInfo? ReadZone(Part part)
    {
        if (part.Text(64) is not { } name)
        {
            return null;
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found))
        {
            part.Fail($"'{name}' is no time zone that this machine knows. Write an IANA name such as \"Europe/Berlin\" or \"UTC\".");
        }

        return found;
    }

    private static HashSet<DayOfWeek> ReadDays(Part part)
    {
        HashSet<DayOfWeek> days = [];
        foreach (var entry in part.Entries())
        {
            if (entry.Text(7) is not { } text)
            {
                continue;
            }

            var ends = text.Split('-').Select(name => Array.FindIndex(s_week, day => day.Name == name)).ToArray();
            if (ends.Length > 2 || ends.Contains(-1))
            {
                entry.Fail($"'{text}' is no day. Write Mon, Tue, Wed, Thu, Fri, Sat, Sun, or a span such as Mon-Fri.");
                continue;
            }

            // Fri-Mon runs over the week's end.
            for (var day = ends[0]; ; day = (day + 1) % s_week.Length)
            {
                days.Add(s_week[day].Day);
                if (day == ends[^1])
                {
                    break;
                }
            }
        }

        return days;
    }

    private static TimeSpan? ReadClock(Part part)
    {
        if (part.Text(5) is not { } text)
        {
            return null;
        }

        if (text == "24:00")
        {
            return s_day;
        }

        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time.ToTimeSpan();
        }

        part.Fail($"'{text}' is no time of day. Write hours and minutes from 00:00 to 24:00, such as \"08:30\".");
        return null;
    }

    private static string Words(Part? listed, HashSet<DayOfWeek> days) =>
        listed is null ? string.Empty : string.Join(',', s_week.Where(day => days.Contains(day.Day)).Select(day => day.Name)) + " ";

    private static string Clock(TimeSpan time) => time == s_day ? "24:00" : time.ToString(@"hh\:mm", CultureInfo.InvariantCulture);
}
