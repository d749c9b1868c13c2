using System.Globalization;

namespace NacGateway.Harness.Loading;

/// <summary>An axis from 0 whose ticks are round numbers, so that a value can be read from the picture. Immutable.</summary>
internal sealed record PlotAxis(double Step, double End)
{
    private const int WantedTicks = 6;

    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)((End / Step) + 1e-6) + 1).Select(i => i * Step);

    /// <summary>An axis that reaches at least <paramref name="value"/>: steps of 1, 2 or 5 times a power of ten.</summary>
    public static PlotAxis To(double value)
    {
        var step = StepFor(value);
        return new PlotAxis(step, Math.Max(1, Math.Ceiling((value / step) - 1e-9)) * step);
    }

    /// <summary>An axis that ends with the last second; its ticks are whole seconds.</summary>
    public static PlotAxis OfSeconds(int seconds) => new(Math.Max(1, StepFor(seconds)), seconds);

    public static string Text(double value) => value.ToString(value >= 10 ? "#,0.#" : "0.###", CultureInfo.InvariantCulture);

    private static double StepFor(double value)
    {
        var wanted = Math.Max(value, 1e-3) / WantedTicks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        return new[] { 1.0, 2, 5, 10 }.Select(factor => factor * power).First(candidate => candidate >= wanted * 0.999);
    }
}
