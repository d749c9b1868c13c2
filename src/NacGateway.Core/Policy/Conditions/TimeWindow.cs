namespace NacGateway.Core.Policy.Conditions;

/// <summary>
/// Hours of a wall clock on days of the week. One that ends at or before its begin lasts over midnight, and belongs to the day on which
/// it began. It follows the clock on the wall: when that is put forward or back, so is the window.
/// </summary>
/// <param name="Days">The days on which it begins.</param>
/// <param name="From">Begin, after midnight.</param>
/// <param name="To">End, after midnight; 24 hours is the day's end.</param>
/// <param name="Zone">Whose clock; null for the gateway's own.</param>
/// <param name="Text">As part of a sentence.</param>
internal sealed record TimeWindow(IReadOnlySet<DayOfWeek> Days, TimeSpan From, TimeSpan To, TimeZoneInfo? Zone, string Text)
{
    /// <summary>Whether the instant lies in it; the end does not.</summary>
    public bool Contains(DateTimeOffset at, TimeZoneInfo local)
    {
        var wall = TimeZoneInfo.ConvertTime(at, Zone ?? local);
        var time = wall.TimeOfDay;
        if (From < To)
        {
            return Days.Contains(wall.DayOfWeek) && time >= From && time < To;
        }

        var yesterday = (DayOfWeek)(((int)wall.DayOfWeek + 6) % 7);
        return (Days.Contains(wall.DayOfWeek) && time >= From) || (Days.Contains(yesterday) && time < To);
    }
}
