using System.Globalization;
using System.Text.RegularExpressions;
using NacGateway.TestKit;

namespace NacGateway.Web.Tests.Admin.Walk;

/// <summary>Looks at a page in both colours and at each width, and keeps pictures of it.</summary>
internal static partial class DeskLooks
{
    /// <summary>Each look of every page, instead of two that hold both colours and both layouts: for whoever changed the frame or the colours.</summary>
    private static readonly bool s_isThorough = string.Equals(Environment.GetEnvironmentVariable("NACGATEWAY_TEST_LOOKS"), "all", StringComparison.Ordinal);

    /// <summary>Dark or light, how wide (the last one is a wall), and whether it is looked at closely or only for what does not fit.</summary>
    private static readonly (bool Dark, int Width, bool IsClose)[] s_looks =
        [(false, 1440, true), (true, 360, true), (true, 1440, s_isThorough), (false, 360, s_isThorough), (false, 3840, s_isThorough)];

    /// <summary>What is in somebody's way, one line each; empty when nothing is.</summary>
    public static async Task<IReadOnlyList<string>> FindBarriersAsync(Visitor visitor, string picture)
    {
        List<string> barriers = [];
        foreach (var (dark, width, isClose) in s_looks)
        {
            await visitor.LookAsync(dark, width);
            var where = string.Create(CultureInfo.InvariantCulture, $"{(dark ? "dark" : "light")}, {width} px");
            if (isClose && width < 3840)
            {
                barriers.AddRange((await visitor.FindBarriersAsync()).Select(barrier => $"{where}: {barrier}"));
            }

            if (await visitor.ScrollsSidewaysAsync())
            {
                barriers.Add($"{where}: scrolls sideways");
            }

            if (isClose)
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
