using System.Text;
using NacGateway.Core.Enforcement.Nftables;
using NacGateway.Core.Policy;

namespace NacGateway.Core.Enforcement.Resolver;

/// <summary>
/// Writes for dnsmasq into which set of the kernel it puts the addresses that it answers for a name. The answers stay as they are: nothing is
/// redirected, and what a device is told is what opens.
/// </summary>
internal static class NamesFile
{
    /// <summary>The file's text: one line for each name and the sets that it belongs to.</summary>
    /// <param name="garden">Names of the walled garden, as the settings have them.</param>
    /// <param name="policy">The rules in force, for the names of their roles' destinations.</param>
    public static string Text(IEnumerable<string> garden, AccessPolicy policy)
    {
        var text = new StringBuilder("# Written by NacGateway, and anew when the walled garden or the rules change: do not edit.\n");
        foreach (var pattern in garden.Select(Read).OfType<HostPattern>().Distinct().OrderBy(pattern => pattern.Name, StringComparer.Ordinal))
        {
            Line(text, pattern, "garden_names4", "garden_names6");
        }

        foreach (var pattern in policy.Roles.SelectMany(role => role.Destinations?.Rules ?? []).Select(rule => rule.Host).OfType<HostPattern>().Distinct().OrderBy(pattern => pattern.Name, StringComparer.Ordinal))
        {
            Line(text, pattern, Names.NameSet(pattern, isIPv6: false), Names.NameSet(pattern, isIPv6: true));
        }

        return text.ToString();
    }

    private static HostPattern? Read(string entry) => HostPattern.TryParse(entry, out var pattern) ? pattern : null;

    // dnsmasq knows a name together with all below it. What is below a plain name comes with it; a pattern is ASCII letters, digits, dots and dashes.
    private static void Line(StringBuilder text, HostPattern pattern, string set4, string set6) =>
        text.Append("nftset=/").Append(pattern.Name.TrimStart('.')).Append("/4#inet#nacgateway#").Append(set4).Append(",6#inet#nacgateway#").Append(set6).Append('\n');
}
