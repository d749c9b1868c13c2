using NacGateway.Core.Administration;

namespace NacGateway.Web.Api.Access;

/// <summary>A key by which a program uses the API.</summary>
public sealed record KeyItem
{
    /// <summary>Number.</summary>
    public required long Id { get; init; }

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>Its first characters.</summary>
    public required string Prefix { get; init; }

    /// <summary>What it may do.</summary>
    public required DeskRole Role { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>By whom.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used last, to the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was withdrawn; null while it may be used.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The key itself, shown this once when it is made; null otherwise.</summary>
    public string? Key { get; init; }

    internal static KeyItem Of(ApiKey key, string? text = null) => new()
    {
        Id = key.Id,
        Name = key.Name,
        Prefix = key.Prefix,
        Role = key.Role,
        CreatedAt = key.CreatedAt,
        CreatedBy = key.CreatedBy,
        ExpiresAt = key.ExpiresAt,
        LastUsedAt = key.LastUsedAt,
        RevokedAt = key.RevokedAt,
        Key = text,
    };
}
