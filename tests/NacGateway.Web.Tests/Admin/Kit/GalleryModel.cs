using System.Globalization;
using Microsoft.AspNetCore.Http;
using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Tests.Admin.Kit;

/// <summary>What the gallery shows: every component of the kit, with data of ordinary people and of attackers.</summary>
public sealed record GalleryModel
{
    /// <summary>What must be plain text wherever it appears.</summary>
    public static IReadOnlyList<string> Hostile { get; } =
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' autofocus onfocus=alert(1) x='",
        "invoice\u202Egnp.exe",
        "nul\0byte",
        "مستخدم ضيف",
        "a-name-of-sixty-four-characters-that-is-as-long-as-they-may-be-01",
    ];

    public static DateTimeOffset Now { get; } = new(2026, 5, 14, 14, 4, 51, TimeSpan.Zero);

    public required PageLink Link { get; init; }

    public required IReadOnlyList<GalleryRow> Rows { get; init; }

    public required int Total { get; init; }

    public string? Query => Link["q"];

    public string Sort => Link["sort"] ?? "user";

    public bool Descending => Link["dir"] == "desc";

    public IReadOnlyCollection<string> States => Link["state"]?.Split(',') ?? [];

    public IReadOnlyList<DateTimeOffset> Times { get; } = [.. Enumerable.Range(0, 60).Select(i => Now.AddMinutes(i - 60))];

    public IReadOnlyList<PlotSeries> SignIns { get; } =
    [
        new("Accepted", [.. Enumerable.Range(0, 60).Select(i => i is > 24 and < 30 ? (double?)null : Math.Round(14 + (5 * Math.Sin(i / 6.0)) + (i * 7 % 4)))]),
        new("Rejected", [.. Enumerable.Range(0, 60).Select(i => (double?)(i * 5 % 3))]),
        new("No reply", [.. Enumerable.Range(0, 60).Select(i => (double?)(i is > 40 and < 46 ? 9 : 0))]),
    ];

    public static GalleryModel Of(HttpRequest request)
    {
        var link = PageLink.Of(request);
        var size = int.TryParse(link["size"], CultureInfo.InvariantCulture, out var wanted) ? Math.Clamp(wanted, 1, 1000) : 25;
        var all = Everybody().Where(row => link["q"] is not { } text || row.UserName.Contains(text, StringComparison.OrdinalIgnoreCase))
            .Where(row => link["state"] is not { } states || states.Split(',').Contains(row.State.Word, StringComparer.OrdinalIgnoreCase));
        var ordered = (link["sort"] == "rate" ? all.OrderBy(row => row.Rate) : all.OrderBy(row => row.Id, StringComparer.Ordinal)).ToList();
        if (link["dir"] == "desc")
        {
            ordered.Reverse();
        }

        return new GalleryModel { Link = link, Rows = [.. ordered.Take(size)], Total = ordered.Count };
    }

    private static IEnumerable<GalleryRow> Everybody()
    {
        string[] names = ["julia.brandt", "visitor-2026", "kofi.ito", "guest-51371", "lena.fischer", "goran.garcia", "mika.nowak"];
        DeskState[] states = [DeskState.Active, DeskState.Active, DeskState.Idle, DeskState.Active, DeskState.Stale, DeskState.Ending, DeskState.Active, DeskState.Ended];
        for (var i = 0; i < 1200; i++)
        {
            var name = i % 9 == 4 && i < 60 ? Hostile[i / 9 % Hostile.Count] : $"{names[i % names.Length]}{(i < names.Length ? "" : string.Create(CultureInfo.InvariantCulture, $"-{i}"))}";
            yield return new GalleryRow(
                string.Create(CultureInfo.InvariantCulture, $"s{i:0000}"), name, states[i % states.Length],
                string.Create(CultureInfo.InvariantCulture, $"10.20.{i / 250}.{i % 250}"),
                string.Create(CultureInfo.InvariantCulture, $"a2:37:d4:84:{i / 256:x2}:{i % 256:x2}"),
                i * 37_911.7 % 3_400_000, i * 48_233_111L % 4_200_000_000, TimeSpan.FromSeconds(81 + (i * 97)));
        }
    }
}
