using System.Globalization;
using System.Text;

namespace NacGateway.Web.Admin.Kit;

/// <summary>Geometry of a still picture of a plot: paths in a box of 1000 by 200 units, the y axis from zero.</summary>
internal static class PlotShape
{
    public const int Width = 1000;
    public const int Height = 200;

    /// <summary>A round number not below the greatest value, as the top of the axis.</summary>
    public static double Top(IEnumerable<PlotSeries> series)
    {
        var greatest = series.SelectMany(one => one.Values).Where(value => value is { } number && double.IsFinite(number)).DefaultIfEmpty(0).Max() ?? 0;
        if (greatest <= 0)
        {
            return 1;
        }

        var step = Math.Pow(10, Math.Floor(Math.Log10(greatest)));
        return new[] { 1, 2, 2.5, 5, 10 }.Select(factor => factor * step).First(top => top >= greatest * 0.999999);
    }

    /// <summary>The path of one line; it is interrupted where a value is missing, and a value between two gaps is a short dash.</summary>
    public static string Path(IReadOnlyList<double?> values, double top, int width = Width, int height = Height)
    {
        var path = new StringBuilder();
        var drawing = false;
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value || !double.IsFinite(value))
            {
                drawing = false;
                continue;
            }

            var x = values.Count < 2 ? 0 : (double)i * width / (values.Count - 1);
            var y = height - (Math.Clamp(value / top, 0, 1) * height);
            path.Append(drawing ? 'L' : 'M').Append(Number(x)).Append(' ').Append(Number(y));
            if (!drawing)
            {
                path.Append("h0.1");
            }

            drawing = true;
        }

        return path.ToString();
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
