namespace NacGateway.Web.Admin.Kit;

/// <summary>One line of a <see cref="Plot"/>.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Values">One value for each instant of the plot; null is a gap, which is not a zero.</param>
public sealed record PlotSeries(string Name, IReadOnlyList<double?> Values);
