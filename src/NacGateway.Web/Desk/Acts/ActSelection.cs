using System.Globalization;

namespace NacGateway.Web.Desk.Acts;

/// <summary>Which sessions an act is for.</summary>
/// <param name="Ids">Their Acct-Session-Ids, each once.</param>
/// <param name="Filter">The query that found them; null where they were named one by one.</param>
internal sealed record ActSelection(IReadOnlyList<string> Ids, string? Filter)
{
    /// <summary>Above so many their number must be given as well.</summary>
    public const int TypeAbove = 50;

    public bool NeedsNumber => Ids.Count > TypeAbove;

    /// <summary>
    /// Whether a number is what somebody may take this selection for. Named ones are as many as they are; what a filter finds may have grown
    /// or shrunk since it was shown, and up to a tenth counts as the same.
    /// </summary>
    public bool Fits(string? typed) =>
        !NeedsNumber
        || (int.TryParse(typed?.Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number - Ids.Count) <= (Filter is null ? 0 : Math.Max(1, Ids.Count / 10)));
}
