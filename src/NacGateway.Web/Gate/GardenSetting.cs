using NacGateway.Core.Administration.Runtime;

namespace NacGateway.Web.Gate;

/// <summary>The walled garden as a setting that may be changed while the gateway runs.</summary>
internal static class GardenSetting
{
    public const string Name = $"{WalledGardenOptions.Section}:{nameof(WalledGardenOptions.Hosts)}";

    /// <summary>Each request of a client that is not signed in is compared with every entry.</summary>
    private const int MostEntries = 1000;

    private static readonly WalledGardenOptionsValidator s_validator = new();

    public static RuntimeSetting Of(GardenBook book) => new()
    {
        Name = Name,
        Title = "Walled garden",
        Purpose = "What clients may reach before they sign in.",
        Range = "One entry a line: pay.example, *.pay.example, 192.0.2.7 or 192.0.2.0/24, at most 1000.",
        Effect = "Clients that are not signed in, from their next request on. A tunnel that is open stays open until it ends. Sessions are not concerned.",
        IsList = true,
        Configured = () => string.Join('\n', book.Configured),
        Check = value => Entries(value) is { Count: > MostEntries } entries
            ? [$"{Name} has {entries.Count} entries; write at most {MostEntries}."]
            : [.. s_validator.Validate(name: null, new WalledGardenOptions { Hosts = Entries(value) }).Failures ?? []],
        Take = value => book.Set(value is null ? [.. book.Configured] : Entries(value)),
    };

    /// <summary>The entries of a value.</summary>
    public static List<string> Entries(string value) => [.. value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>What an entry opens, in words.</summary>
    public static string Meaning(string entry) =>
        AddressPrefix.TryParse(entry, out _) ? entry.Contains('/', StringComparison.Ordinal) ? "Every address of this network, where a request names the address." : "This address, where a request names it."
        : GardenName.TryParse(entry, out var name) ? name.Below ? $"Every name below {name.Name[1..]}, not {name.Name[1..]} itself." : $"The name {name.Name} alone, not names below it."
        : "Nothing: it cannot be read.";
}
