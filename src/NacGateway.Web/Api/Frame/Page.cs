namespace NacGateway.Web.Api.Frame;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items in the order of the list.</param>
/// <param name="NextCursor">What to send as <c>cursor</c> for the next page; null on the last.</param>
/// <param name="Total">How many items there are on all pages; null unless it was asked for.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor, PageTotal? Total = null);
