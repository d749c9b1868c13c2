using System.Globalization;

namespace NacGateway.Core.Policy.Conditions;

/// <summary>The decision falls into one of the windows.</summary>
internal sealed class TimeCondition(IReadOnlyList<TimeWindow> windows) : ICondition
{
    public string Words => $"the time is within {string.Join(" or ", windows.Select(window => window.Text))}";

    public string? Miss(AccessQuery query)
    {
        if (windows.Any(window => window.Contains(query.At, query.Zone)))
        {
            return null;
        }

        var wall = TimeZoneInfo.ConvertTime(query.At, windows[0].Zone ?? query.Zone);
        return string.Create(CultureInfo.InvariantCulture, $"{wall:ddd HH:mm} is outside {string.Join(", ", windows.Take(3).Select(window => window.Text))}{(windows.Count > 3 ? " and others" : string.Empty)}");
    }
}
