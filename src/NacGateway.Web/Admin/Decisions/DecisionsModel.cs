using NacGateway.Core.Insight.Decisions;
using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.Decisions;

/// <summary>A list of decisions.</summary>
public sealed record DecisionsModel
{
    /// <summary>What is searched for.</summary>
    public required DecisionQuery Query { get; init; }

    /// <summary>What was found.</summary>
    public required DecisionPage Found { get; init; }

    /// <summary>This page.</summary>
    public required PageLink Link { get; init; }

    /// <summary>Names of the RADIUS servers, for the filter.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>The filters in force, each with the link without it.</summary>
    public IReadOnlyList<FilterChip> Chips =>
    [
        .. Query.Verdicts.Select(verdict => Chip("outcome", DecisionKinds.NameOf(verdict))),
        .. Query.Kinds.Select(kind => Chip("outcome", DecisionKinds.NameOf(kind))),
        .. Query.Reasons.Select(reason => Chip("reason", DecisionKinds.NameOf(reason), DecisionStates.Words(reason))),
        .. Query.Users.Select(user => Chip("user", user)),
        .. Query.Addresses.Select(address => Chip("address", address)),
        .. Query.Macs.Select(mac => Chip("mac", mac)),
        .. Query.Servers.Select(server => Chip("server", server)),
    ];

    private FilterChip Chip(string key, string value, string? words = null)
    {
        // What stands in the search box is taken away there, all of it; what stands in a key of its own, with the other values of it.
        var others = Link.Query.Where(pair => Is(pair.Key, key)).SelectMany(pair => pair.Value.Split(',')).Where(other => !Is(other.Trim(), value)).ToList();
        var isInBox = !Link.Query.Any(pair => Is(pair.Key, key) && pair.Value.Split(',').Any(other => Is(other.Trim(), value)));
        var rest = Link.Without("after", isInBox ? "q" : "after").Without(isInBox ? "after" : key);
        return new FilterChip($"{key}: {words ?? value}", (isInBox ? rest : rest.With(key, string.Join(',', others))).ToString());
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
