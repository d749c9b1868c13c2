using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace NacGateway.Web.Desk.Overview;

/// <summary>A range of time as a URL has it.</summary>
internal sealed record RangeAsked
{
    /// <summary>15m, 1h, 24h, 7d or 30d; 1h by default.</summary>
    [FromQuery(Name = "range")]
    [Description("15m, 1h, 24h, 7d or 30d, up to now; 1h by default.")]
    public string? Range { get; init; }

    /// <summary>Begin, instead of a range up to now.</summary>
    [FromQuery(Name = "from")]
    [Description("Begin of another range, with to.")]
    public string? From { get; init; }

    /// <summary>End.</summary>
    [FromQuery(Name = "to")]
    [Description("End of another range, with from; 366 days after it at most.")]
    public string? To { get; init; }
}
