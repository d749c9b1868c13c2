using NacGateway.Core.Policy.Reading;

namespace NacGateway.Web.Api.Rules;

/// <summary>A version of the rules.</summary>
public sealed record PolicyResource
{
    /// <summary>Its number; 0 where there are no rules.</summary>
    public required int Version { get; init; }

    /// <summary>Since when it is there; null where there are no rules.</summary>
    public required DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Who made it; null where there are no rules.</summary>
    public required string? CreatedBy { get; init; }

    /// <summary>Whether it is the newest.</summary>
    public required bool IsInForce { get; init; }

    /// <summary>Rules and roles as JSON, as a text: comments are part of it.</summary>
    public required string Document { get; init; }

    /// <summary>Rules and roles in words; null where the document cannot be read.</summary>
    public required PolicyReading? Reading { get; init; }
}
