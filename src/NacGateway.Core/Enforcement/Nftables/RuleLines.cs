namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>Compares two listings of a table by chain and set: within each, what goes and what comes.</summary>
internal static class RuleLines
{
    public static IEnumerable<string> Compare(string before, string after)
    {
        var (old, young) = (Parts(before), Parts(after));
        foreach (var part in old.Keys.Union(young.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (gone, come) = (old.GetValueOrDefault(part, []), young.GetValueOrDefault(part, []));
            foreach (var line in gone.Except(come, StringComparer.Ordinal))
            {
                yield return $"- {part}: {line}";
            }

            foreach (var line in come.Except(gone, StringComparer.Ordinal))
            {
                yield return $"+ {part}: {line}";
            }
        }
    }

    private static Dictionary<string, List<string>> Parts(string listing)
    {
        var parts = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var part = "table";
        foreach (var line in listing.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            if (line.EndsWith('{') && !line.StartsWith("table", StringComparison.Ordinal))
            {
                part = line.TrimEnd('{', ' ');
                parts[part] = [];
            }
            else if (line != "}" && parts.TryGetValue(part, out var lines))
            {
                lines.Add(line);
            }
        }

        return parts;
    }
}
