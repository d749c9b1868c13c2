namespace NacGateway.Harness.Loading;

/// <summary>One line of a plot.</summary>
/// <param name="Name">As the legend has it.</param>
/// <param name="Colour">Colour; told apart by those who do not see red and green too.</param>
/// <param name="Width">Width; a line that others lie on is wider, so that it is seen where they are equal.</param>
/// <param name="Value">The value of a second; null where there is none.</param>
internal sealed record PlotLine(string Name, string Colour, double Width, Func<LoadSecond, double?> Value);
