using System.Globalization;
using NacGateway.Core.Insight.Search;
using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.Overview;

/// <summary>The time that the page looks at.</summary>
public sealed record OverviewRange
{
    private const string Usual = "1h";
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(366);

    /// <summary>Such as 1h; null for a range with an end of its own.</summary>
    public string? Key { get; private init; }

    /// <summary>Begin.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>What of the URL was not understood; null for nothing.</summary>
    public string? Notice { get; private init; }

    /// <summary>Length.</summary>
    public TimeSpan Length => To - From;

    /// <summary>Whether it ends now, so that its plots go on.</summary>
    public bool IsLive => Key is not null;

    /// <summary>As a headline says it.</summary>
    public string Words => Key switch
    {
        "15m" => "last 15 min",
        "1h" => "last hour",
        "24h" => "last 24 hours",
        "7d" => "last 7 days",
        "30d" => "last 30 days",
        _ => "in this range",
    };

    /// <summary>How many points its plots have: one a minute at most.</summary>
    public int Points => (int)Math.Clamp(Math.Ceiling(Length.TotalMinutes), 1, Length <= TimeSpan.FromHours(6) ? 360 : 288);

    /// <summary>The range of a URL; what is wrong in it falls back to the last hour, with a notice.</summary>
    public static OverviewRange Read(PageLink link, DateTimeOffset now)
    {
        if (link["from"] is null && link["to"] is null)
        {
            var key = link["range"] ?? Usual;
            return key is "15m" or "1h" or "24h" or "7d" or "30d" && RelativeRange.TryParse(key, out var length)
                ? new OverviewRange { Key = key, From = now - length, To = now }
                : LastHour(now, $"'{ForeignText.Visible(key, 20)}' is no range that this page knows. It shows the last hour.");
        }

        return TryRead(link["from"], out var from) && TryRead(link["to"], out var to) && from < to && to - from <= s_longest
            ? new OverviewRange { From = from, To = to }
            : LastHour(now, "From and to are no range that this page can show. It shows the last hour.");
    }

    private static OverviewRange LastHour(DateTimeOffset now, string notice) => new() { Key = Usual, From = now.AddHours(-1), To = now, Notice = notice };

    private static bool TryRead(string? text, out DateTimeOffset at) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);
}
