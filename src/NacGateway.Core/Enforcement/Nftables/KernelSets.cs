using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>Reads our sets, limits and chains from what libnftables lists as JSON.</summary>
internal static partial class KernelSets
{
    private const string Beginning = $"table {Names.Family} {Names.Table} {{\n";
    private const string End = "\n}\n";

    /// <summary>The elements of one set.</summary>
    public static List<KernelElement> ReadElements(string json)
    {
        List<KernelElement> elements = [];
        using var document = JsonDocument.Parse(json);
        foreach (var set in Objects(document, "set").Where(set => set.TryGetProperty("elem", out _)))
        {
            foreach (var element in set.GetProperty("elem").EnumerateArray())
            {
                Read(element, elements);
            }
        }

        return elements;
    }

    /// <summary>Our table as it is listed among others; empty where it is not.</summary>
    public static string TableOf(string listed)
    {
        var begin = $"\n{listed}".IndexOf("\n" + Beginning, StringComparison.Ordinal);
        if (begin < 0)
        {
            return "";
        }

        // What is in a table is indented.
        var end = listed.IndexOf(End, begin, StringComparison.Ordinal);
        return end < 0 ? "" : listed[begin..(end + End.Length)];
    }

    /// <summary>The rules of our table in a listing, without what comes and goes with sessions.</summary>
    public static string RulesOf(string listed) => Limits().Replace(TableOf(listed), "");

    /// <summary>Whether our table is in a listing.</summary>
    public static bool HasTable(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Objects(document, "table").Any(found => found.GetProperty("name").GetString() == Names.Table && found.GetProperty("family").GetString() == Names.Family);
    }

    /// <summary>The names of objects of one kind in our table, such as chains or limits.</summary>
    public static List<string> ReadNames(string json, string kind)
    {
        using var document = JsonDocument.Parse(json);
        return [.. Objects(document, kind).Where(found => found.GetProperty("table").GetString() == Names.Table).Select(found => found.GetProperty("name").GetString()!)];
    }

    private static IEnumerable<JsonElement> Objects(JsonDocument document, string kind) =>
        document.RootElement.GetProperty("nftables").EnumerateArray().Where(part => part.TryGetProperty(kind, out _)).Select(part => part.GetProperty(kind));

    private static void Read(JsonElement element, List<KernelElement> elements)
    {
        var (value, octets, remaining) = (element, 0L, (TimeSpan?)null);
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("elem", out var inner))
        {
            value = inner.GetProperty("val");
            octets = inner.TryGetProperty("counter", out var counter) ? counter.GetProperty("bytes").GetInt64() : 0;
            remaining = inner.TryGetProperty("expires", out var expires) ? TimeSpan.FromSeconds(expires.GetInt64()) : null;
        }

        var mac = default(MacAddress);
        var address = value;
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("concat", out var parts) && parts.GetArrayLength() == 2)
        {
            address = parts[1];
            _ = MacAddress.TryParse(parts[0].GetString(), out mac);
        }

        if (address.ValueKind == JsonValueKind.String && IPAddress.TryParse(address.GetString(), out var parsed))
        {
            elements.Add(new KernelElement(mac, ClientKey.From(parsed), octets, remaining));
        }
    }

    [GeneratedRegex(@"\tlimit [ud]_[0-9a-f]+ \{\n[^}]*\}\n\n?", RegexOptions.None, 10_000)]
    private static partial Regex Limits();
}
