namespace NacGateway.Core.Administration;

/// <summary>A key by which a program uses the API. It is shown once; only its hash is kept.</summary>
public sealed record ApiKey
{
    /// <summary>Key.</summary>
    public long Id { get; init; }

    /// <summary>What it is for, given by who made it.</summary>
    public required string Name { get; init; }

    /// <summary>Its first characters, by which people tell keys apart.</summary>
    public required string Prefix { get; init; }

    /// <summary>SHA-256 of the whole key, which is random and long enough for it.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>What it may do.</summary>
    public required DeskRole Role { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used last, UTC, to the minute; null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>When it was withdrawn, UTC; null while it may be used.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}
