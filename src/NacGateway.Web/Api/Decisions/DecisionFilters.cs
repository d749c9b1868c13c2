using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using NacGateway.Core.Insight.Decisions;

namespace NacGateway.Web.Api.Decisions;

/// <summary>The filters of the list of decisions; the same as in the address of the page.</summary>
internal sealed class DecisionFilters
{
    [FromQuery(Name = "q"), Description("Words, each of which must fit a user, an address, a MAC address, a reference or an Acct-Session-Id.")]
    public string? Text { get; init; }

    [FromQuery(Name = "user"), Description("Beginnings of user names, with commas between; one must fit.")]
    public string? User { get; init; }

    [FromQuery(Name = "address"), Description("Addresses, beginnings of them or prefixes; one must fit.")]
    public string? Address { get; init; }

    [FromQuery(Name = "mac"), Description("MAC addresses or beginnings of them, in any spelling; one must fit.")]
    public string? Mac { get; init; }

    [FromQuery(Name = "server"), Description("Names of RADIUS servers; one must have been asked last.")]
    public string? Server { get; init; }

    [FromQuery(Name = "outcome"), Description("granted, refused, challenged, or outcomes such as no-answer; one must fit.")]
    public string? Outcome { get; init; }

    [FromQuery(Name = "reason"), Description("What refusals come to, such as wrong-credentials; one must fit.")]
    public string? Reason { get; init; }

    [FromQuery(Name = "range"), Description("Made within so long, such as 24h.")]
    public string? Range { get; init; }

    [FromQuery(Name = "from"), Description("Made at or after this instant.")]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description("Made before this instant.")]
    public string? To { get; init; }

    /// <summary>The search that they come to.</summary>
    public DecisionQuery Read() => DecisionQueryReader.Read(new (string Key, string? Value)[]
        {
            ("q", Text), ("user", User), ("address", Address), ("mac", Mac), ("server", Server), ("outcome", Outcome), ("reason", Reason), ("range", Range), ("from", From), ("to", To),
        }
        .Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!)));
}
