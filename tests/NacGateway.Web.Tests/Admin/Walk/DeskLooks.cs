using System.Globalization;
using System.Text.RegularExpressions;
using NacGateway.TestKit;

namespace NacGateway.Web.Tests.Admin.Walk;

/// <summary>Looks at a page in both colours and at each width, and keeps pictures of it.</summary>
internal static partial class DeskLooks
{
    /// <summary>Dark or light, and how wide; the last one is a wall.</summary>
    private static readonly (bool Dark, int Width)[] s_looks = [(false, 1440), (true, 360), (true, 1440), (false, 360), (false, 3840)];

    /// <summary>What is in somebody's way, one line each; empty when nothing is.</summary>
    public static async Task<IReadOnlyList<string>> FindBarriersAsync(Visitor visitor, string picture)
    {
        List<string> barriers = [];
        foreach (var (dark, width) in s_looks)
        {
            await visitor.LookAsync(dark, width);
            var where = string.Create(CultureInfo.InvariantCulture, $"{(dark ? "dark" : "light")}, {width} px");
            if (width < 3840)
            {
                barriers.AddRange((await visitor.FindBarriersAsync()).Select(barrier => $"{where}: {barrier}"));
            }

            if (await visitor.ScrollsSidewaysAsync())
            {
                barriers.Add($"{where}: scrolls sideways");
            }

            if (!(dark, width).Equals((false, 360)))
            {
                await visitor.PictureAsync(string.Create(CultureInfo.InvariantCulture, $"desk{Other().Replace(picture, "-")}-{width}{(dark ? "-dark" : "")}"));
            }
        }

        if (await visitor.Page.EvaluateAsync<bool>("'hit' in window"))
        {
            barriers.Add("a text of an attacker ran");
        }

        barriers.AddRange(await visitor.ComplaintsAsync());
        return barriers;
    }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Other();
}
