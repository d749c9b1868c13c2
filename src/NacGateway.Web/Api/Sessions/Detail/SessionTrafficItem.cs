using NacGateway.Core.Insight;

namespace NacGateway.Web.Api.Sessions.Detail;

/// <summary>What a session had carried at some instants.</summary>
public sealed record SessionTrafficItem
{
    /// <summary>Acct-Session-Id.</summary>
    public required string Id { get; init; }

    /// <summary>The points, oldest first, from its start; at most some thousands.</summary>
    public required IReadOnlyList<TrafficPoint> Points { get; init; }
}
