namespace NacGateway.Core.Administration;

/// <summary>An administrator who is signed in. The cookie holds a random token, of which only the hash is kept.</summary>
public sealed record AdminSession
{
    /// <summary><see cref="Origin"/> of who signed in by a local account.</summary>
    public const string Local = "local";

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Role.</summary>
    public DeskRole Role { get; set; }

    /// <summary>"local", or "radius" and the name of the server that accepted.</summary>
    public required string Origin { get; init; }

    /// <summary>When he signed in, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When he was last seen, UTC, to the minute.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>When it ends whatever he does, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>From which address.</summary>
    public required string Source { get; init; }

    /// <summary>User-Agent of the browser; null when it gave none.</summary>
    public string? UserAgent { get; init; }
}
