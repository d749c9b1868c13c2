namespace NacGateway.Web.Api.Decisions;

/// <summary>An attribute of a recorded packet.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as text; of one that is never kept how long it was.</param>
/// <param name="Source">RADIUS, or the vendor.</param>
/// <param name="Hidden">Whether the value was left out.</param>
public sealed record DecisionField(string Name, string Value, string Source, bool Hidden);
