using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using NacGateway.Core.Insight.Search;

namespace NacGateway.Web.Api.Sessions;

/// <summary>Which sessions are asked for, in the words of the page's own address.</summary>
internal sealed class SessionParameters
{
    [FromQuery(Name = "q"), Description("Words and terms as in the search box of the page, such as `10.20. user:lena`.")]
    public string? Text { get; init; }

    [FromQuery(Name = "user"), Description("Beginnings of user names, separated by commas.")]
    public string? User { get; init; }

    [FromQuery(Name = "address"), Description("Addresses, beginnings of them or prefixes such as 10.20.0.0/16, separated by commas.")]
    public string? Address { get; init; }

    [FromQuery(Name = "mac"), Description("MAC addresses or beginnings of them, separated by commas.")]
    public string? Mac { get; init; }

    [FromQuery(Name = "role"), Description("Names of roles, separated by commas.")]
    public string? Role { get; init; }

    [FromQuery(Name = "server"), Description("Names of RADIUS servers, separated by commas.")]
    public string? Server { get; init; }

    [FromQuery(Name = "state"), Description("open, active, idle, stale, ended, separated by commas, or any; open when left out.")]
    public string? State { get; init; }

    [FromQuery(Name = "cause"), Description("Why they ended, such as idle-timeout,admin-reset.")]
    public string? Cause { get; init; }

    [FromQuery(Name = "range"), Description("Begun within so long, such as 15m, 24h or 30d.")]
    public string? Range { get; init; }

    [FromQuery(Name = "from"), Description("Begun at or after this time.")]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description("Begun before this time.")]
    public string? To { get; init; }

    /// <summary>What chooses sessions, as a query.</summary>
    internal SessionQuery Read(params IEnumerable<(string Key, string? Value)> more)
    {
        IEnumerable<(string Key, string? Value)> all =
        [
            ("q", Text), ("user", User), ("address", Address), ("mac", Mac), ("role", Role), ("server", Server), ("state", State), ("cause", Cause), ("range", Range), ("from", From), ("to", To), .. more,
        ];
        return SessionQueryReader.Read(all.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!)));
    }
}
