namespace NacGateway.Web.Hosting.Configuration;

/// <summary>
/// Keys that are promised names but have no effect in this release. They are accepted, so that a configuration can be written once,
/// and each one set is named by a warning at start: silence would pass for obedience.
/// </summary>
internal static class ReservedKeys
{
    public static IReadOnlyList<(string Key, Type Type, string Feature)> All { get; } =
    [
        ("Enforcement:LanInterfaces:N", typeof(string), "enforcement in the kernel"),
    ];

    /// <summary>One sentence for each reserved key that is set.</summary>
    public static IEnumerable<string> Warnings(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration.AsEnumerable()
            .Where(pair => !string.IsNullOrEmpty(pair.Value))
            .Select(pair => (pair.Key, Reserved: All.FirstOrDefault(reserved => Matches(pair.Key, reserved.Key))))
            .Where(pair => pair.Reserved.Key is not null)
            .Select(pair => $"{pair.Key} has no effect in this release: {pair.Reserved.Feature} comes with a later one.")
            .Order(StringComparer.Ordinal);
    }

    private static bool Matches(string key, string pattern)
    {
        var steps = key.Split(':');
        var expected = pattern.Split(':');
        return steps.Length == expected.Length
            && steps.Zip(expected).All(pair => pair.Second == "N" || string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
    }
}
