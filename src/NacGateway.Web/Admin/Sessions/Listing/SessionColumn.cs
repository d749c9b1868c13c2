using NacGateway.Core.Insight.Search;

namespace NacGateway.Web.Admin.Sessions.Listing;

/// <summary>A column of the list of sessions that can be chosen; the user's is always there.</summary>
/// <param name="Name">Its name in <c>cols</c>, and of its cells in the live feed.</param>
/// <param name="Label">Its head.</param>
/// <param name="Sort">What it sorts by; null for a column that only memory knows.</param>
/// <param name="IsNumeric">Whether its cells hold numbers.</param>
public sealed record SessionColumn(string Name, string Label, SessionSort? Sort = null, bool IsNumeric = false)
{
    public const string User = "user";

    /// <summary>All that there are, in the order of the table.</summary>
    public static IReadOnlyList<SessionColumn> All { get; } =
    [
        new("role", "Role", SessionSort.Role),
        new("state", "State"),
        new("ip", "IP", SessionSort.Address),
        new("mac", "MAC", SessionSort.Mac),
        new("server", "Server", SessionSort.Server),
        new("rate", "Rate down", IsNumeric: true),
        new("uprate", "Rate up", IsNumeric: true),
        new("down", "Down", SessionSort.Down, IsNumeric: true),
        new("up", "Up", SessionSort.Up, IsNumeric: true),
        new("lasted", "Connected", IsNumeric: true),
        new("started", "Started", SessionSort.Started),
        new("active", "Last traffic"),
        new("ends", "Ends by limit"),
        new("ended", "Ended", SessionSort.Ended),
        new("cause", "Why it ended"),
        new("gateway", "Gateway"),
        new("id", "Session"),
    ];

    private static readonly string[] s_open = ["role", "state", "ip", "mac", "server", "rate", "down", "lasted", "started"];
    private static readonly string[] s_past = ["role", "state", "ip", "mac", "server", "down", "lasted", "started", "ended", "cause"];

    /// <summary>Those that are shown unless others are chosen.</summary>
    public static IReadOnlyList<SessionColumn> Usual(SessionQuery query) => Of(query.States.Count == 0 || query.States.Contains(SessionStateFilter.Ended) ? s_past : s_open);

    /// <summary>Those of a list of names, in the order of the table; what there is none of becomes a notice.</summary>
    public static IReadOnlyList<SessionColumn> Read(string? names, SessionQuery query, ICollection<string> notices)
    {
        var asked = (names ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => name.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        asked.Remove(User);
        var found = Of(asked);
        if (found.Count < asked.Count)
        {
            notices.Add(asked.Count - found.Count == 1 ? "'cols' names a column that there is not; it was left out." : "'cols' names columns that there are not; they were left out.");
        }

        return found.Count == 0 ? Usual(query) : found;
    }

    /// <summary>The columns as the URL names them; null for the usual ones.</summary>
    public static string? Write(IReadOnlyList<SessionColumn> columns, SessionQuery query) =>
        columns.SequenceEqual(Usual(query)) ? null : string.Join(',', columns.Select(column => column.Name));

    private static IReadOnlyList<SessionColumn> Of(IReadOnlyCollection<string> names) => [.. All.Where(column => names.Contains(column.Name, StringComparer.Ordinal))];
}
