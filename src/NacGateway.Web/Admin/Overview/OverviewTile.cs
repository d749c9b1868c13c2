using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.Overview;

/// <summary>A figure of the page, as the page and the feed write it.</summary>
/// <param name="Name">Name by which the feed changes it.</param>
/// <param name="Label">What it is.</param>
/// <param name="Value">The figure; null where it is not known.</param>
/// <param name="Note">The line below.</param>
/// <param name="Look">Colour.</param>
/// <param name="Href">The list behind it.</param>
public sealed record OverviewTile(string Name, string Label, string? Value, string Note, Look Look = Look.Plain, string? Href = null);
