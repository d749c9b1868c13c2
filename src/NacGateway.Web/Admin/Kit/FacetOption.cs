namespace NacGateway.Web.Admin.Kit;

/// <summary>A value of a facet.</summary>
/// <param name="Value">Value in the URL.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="Count">How many match; null where it is not counted.</param>
public sealed record FacetOption(string Value, string Label, long? Count = null);
