using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using NacGateway.Web.Desk.Trail;

namespace NacGateway.Web.Api.Trail;

/// <summary>Which lines of the audit trail are wanted: the same keys as in the page's URL.</summary>
internal sealed class AuditFilterQuery
{
    [FromQuery(Name = "type"), Description("Kinds: admin, auth, system; several with commas.")]
    public string? Type { get; init; }

    [FromQuery(Name = "actor"), Description("Who, exactly; several with commas.")]
    public string? Actor { get; init; }

    [FromQuery(Name = "action"), Description("Stable words of what was done; several with commas.")]
    public string? Action { get; init; }

    [FromQuery(Name = "outcome"), Description("done, refused, failed, asked; several with commas.")]
    public string? Outcome { get; init; }

    [FromQuery(Name = "range"), Description("The last 15m, 1h, 24h, 7d or 30d.")]
    public string? Range { get; init; }

    [FromQuery(Name = "from"), Description("Not before; RFC 3339.")]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description("Before; RFC 3339.")]
    public string? To { get; init; }

    [FromQuery(Name = "q"), Description("A part of actor, target, source or detail.")]
    public string? Text { get; init; }

    /// <summary>The properties are for the document; page and API read one grammar by one reader.</summary>
    internal static TrailQuery Read(HttpContext context, TimeProvider time) => TrailQuery.Read(context.Request.Query, time.GetUtcNow());
}
