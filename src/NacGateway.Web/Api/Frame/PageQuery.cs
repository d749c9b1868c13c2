using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace NacGateway.Web.Api.Frame;

/// <summary>Which page of a list is asked for; a handler takes it as <c>[AsParameters] PageQuery page</c>, and reads it by <see cref="Cursors.TryRead"/>.</summary>
internal sealed class PageQuery
{
    public const int DefaultSize = 50;
    public const int LargestSize = 1000;

    [FromQuery(Name = "cursor"), MaxLength(Cursors.LongestText), Description("Where to go on: the nextCursor of the page before. Left out for the first page.")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "size"), Range(1, LargestSize), Description("How many items at most; 50 when left out.")]
    public int? Size { get; init; }

    [FromQuery(Name = "total"), Description("Whether to count the items of all pages; takes longer.")]
    public bool? Total { get; init; }

    /// <summary>How many to take; within bounds once <see cref="Cursors.TryRead"/> has passed it.</summary>
    internal int Take => Size ?? DefaultSize;
}
