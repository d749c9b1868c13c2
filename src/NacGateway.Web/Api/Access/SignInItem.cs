using NacGateway.Core.Administration;

namespace NacGateway.Web.Api.Access;

/// <summary>An administrator who is signed in.</summary>
public sealed record SignInItem
{
    /// <summary>By which it can be ended.</summary>
    public required string Id { get; init; }

    /// <summary>Who.</summary>
    public required string Name { get; init; }

    /// <summary>Under which role.</summary>
    public required DeskRole Role { get; init; }

    /// <summary>"local", or "radius" and the server that accepted.</summary>
    public required string Origin { get; init; }

    /// <summary>From which address.</summary>
    public required string Source { get; init; }

    /// <summary>What the browser says it is.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When a page was asked for last, to the minute.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>When it ends at the latest.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    internal static SignInItem Of(AdminSession session) => new()
    {
        Id = Convert.ToHexStringLower(session.TokenHash),
        Name = session.Name,
        Role = session.Role,
        Origin = session.Origin,
        Source = session.Source,
        UserAgent = session.UserAgent,
        StartedAt = session.StartedAt,
        SeenAt = session.SeenAt,
        ExpiresAt = session.ExpiresAt,
    };
}
