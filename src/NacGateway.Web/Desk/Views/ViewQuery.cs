using Microsoft.AspNetCore.WebUtilities;
using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk.Views;

/// <summary>The query of a list: which list it is, without where in it somebody is.</summary>
internal static class ViewQuery
{
    /// <summary>Parameters that say where in a list somebody is. The script of the pages knows them as well.</summary>
    private static readonly string[] s_places = ["cursor", "page", "after", "before", "all"];

    /// <summary>The query without its question mark, and without the place in it.</summary>
    public static string Plain(string query) =>
        string.Join('&', query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !s_places.Contains(part.Split('=')[0], StringComparer.OrdinalIgnoreCase)));

    /// <summary>The same text for two queries of one list, whatever the order of their parameters, and whether values stand in one list or in several.</summary>
    public static string Key(string query) => string.Join('&', QueryHelpers.ParseQuery(Plain(query))
        .Select(pair => (Key: pair.Key.ToLowerInvariant(), Values: pair.Value.SelectMany(value => (value ?? "").Split(',')).Select(value => value.Trim()).Where(value => value.Length > 0).Order(StringComparer.Ordinal)))
        .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={string.Join(',', pair.Values.Select(Uri.EscapeDataString))}")
        .Where(pair => !pair.EndsWith('='))
        .Order(StringComparer.Ordinal));

    /// <summary>The list that a view stands for.</summary>
    public static string Address(SavedView view) => view.Query.Length == 0 ? view.Page : $"{view.Page}?{view.Query}";
}
