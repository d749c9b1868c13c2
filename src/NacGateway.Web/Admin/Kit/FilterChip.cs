namespace NacGateway.Web.Admin.Kit;

/// <summary>A filter in force.</summary>
/// <param name="Text">The filter in words, such as "state: stale".</param>
/// <param name="RemoveHref">The list without it.</param>
public sealed record FilterChip(string Text, string RemoveHref);
