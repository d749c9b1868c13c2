using System.Globalization;
using Microsoft.Extensions.Primitives;
using NacGateway.Core.Audit;

namespace NacGateway.Web.Desk.Trail;

/// <summary>The query of the trail's URL: unknown keys are ignored, wrong values fall back and are named.</summary>
internal sealed record TrailQuery
{
    private static readonly Dictionary<string, TimeSpan> s_ranges = new(StringComparer.Ordinal)
    {
        ["15m"] = TimeSpan.FromMinutes(15),
        ["1h"] = TimeSpan.FromHours(1),
        ["24h"] = TimeSpan.FromDays(1),
        ["7d"] = TimeSpan.FromDays(7),
        ["30d"] = TimeSpan.FromDays(30),
    };

    private const int MostValues = 50;
    private const int LongestText = 200;

    public required AuditFilter Filter { get; init; }

    /// <summary>Name of the range in force; null for all times, or for one of its own.</summary>
    public string? Range { get; init; }

    /// <summary>Only lines before this number; null for the newest.</summary>
    public long? Before { get; init; }

    /// <summary>Only lines after this number, those next to it; null for the newest. Not together with <see cref="Before"/>.</summary>
    public long? After { get; init; }

    /// <summary>Values that could not be used.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    public static TrailQuery Read(IQueryCollection query, DateTimeOffset now)
    {
        List<string> ignored = [];
        var range = query["range"].ToString();
        if (range.Length > 0 && !s_ranges.ContainsKey(range))
        {
            ignored.Add("range");
            range = "";
        }

        var from = Instant(query, "from", ignored);
        var to = Instant(query, "to", ignored);
        var text = query["q"].ToString().Trim();
        return new TrailQuery
        {
            Filter = new AuditFilter
            {
                Kinds = [.. Values(query["type"]).Select(value => Enum.TryParse<AuditKind>(value, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : Ignore(ignored, "type")).OfType<AuditKind>()],
                Actors = Values(query["actor"]),
                Actions = Values(query["action"]),
                Outcomes = Values(query["outcome"]),
                From = from ?? (range.Length > 0 && to is null ? now - s_ranges[range] : null),
                To = to,
                Text = text.Length == 0 ? null : text[..Math.Min(text.Length, LongestText)],
            },
            Range = from is null && to is null && range.Length > 0 ? range : null,
            Before = query["before"].ToString() is { Length: > 0 } before ? Number("before", before, ignored) : null,
            After = query["after"].ToString() is { Length: > 0 } after && query["before"].Count == 0 ? Number("after", after, ignored) : null,
            Ignored = ignored,
        };
    }

    private static string[] Values(StringValues values) =>
        [.. values.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal).Take(MostValues)];

    private static AuditKind? Ignore(List<string> ignored, string key)
    {
        ignored.Add(key);
        return null;
    }

    private static long? Number(string key, string text, List<string> ignored)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        ignored.Add(key);
        return null;
    }

    private static DateTimeOffset? Instant(IQueryCollection query, string key, List<string> ignored)
    {
        var text = query[key].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
        {
            return at;
        }

        ignored.Add(key);
        return null;
    }
}
