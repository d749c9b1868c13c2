using System.Collections.Frozen;

namespace NacGateway.Web.Admin.Access;

/// <summary>The preferences of a page, and their values. What is not there is the default.</summary>
internal static class MePreferences
{
    public const string Zone = "zone";

    /// <summary>By name, the values that can be chosen with their words; the first is the default.</summary>
    public static IReadOnlyList<(string Name, string Label, IReadOnlyList<(string Value, string Label)> Values)> All { get; } =
    [
        ("theme", "Colours", [("system", "As the system"), ("light", "Light"), ("dark", "Dark")]),
        ("density", "Rows of tables", [("comfortable", "Comfortable"), ("dense", "Dense")]),
        ("shortcuts", "Keyboard shortcuts", [("on", "On"), ("off", "Off")]),
        (Zone, "Time zone", [("", "As the browser"), ("utc", "UTC"), .. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId && zone.Id.Contains('/', StringComparison.Ordinal)).Select(zone => zone.Id).Order(StringComparer.Ordinal).Select(id => (id, id))]),
    ];

    private static readonly FrozenSet<(string, string)> s_known = All.SelectMany(preference => preference.Values.Select(value => (preference.Name, value.Value))).ToFrozenSet();

    /// <summary>What a form wants kept; null for what goes back to the default. Values that nobody can choose are left out.</summary>
    public static IReadOnlyDictionary<string, string?> Read(IFormCollection form) => All
        .Where(preference => form.ContainsKey(preference.Name) && s_known.Contains((preference.Name, form[preference.Name].ToString())))
        .ToDictionary(preference => preference.Name, preference => form[preference.Name].ToString() is var value && value == preference.Values[0].Value ? null : value, StringComparer.Ordinal);
}
