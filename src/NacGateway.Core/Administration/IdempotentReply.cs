namespace NacGateway.Core.Administration;

/// <summary>The answer to a write of the API, kept for a day, so that the same request is not done twice.</summary>
public sealed record IdempotentReply
{
    /// <summary>SHA-256 of who asked and his Idempotency-Key.</summary>
    public required byte[] Key { get; init; }

    /// <summary>SHA-256 of method, path and body: another request under the same key is refused.</summary>
    public required byte[] Request { get; init; }

    /// <summary>HTTP status; 0 while it is under way.</summary>
    public int Status { get; set; }

    /// <summary>Content-Type of the answer.</summary>
    public string? ContentType { get; set; }

    /// <summary>Location of what was made.</summary>
    public string? Location { get; set; }

    /// <summary>Body of the answer.</summary>
    public byte[]? Body { get; set; }

    /// <summary>When it was asked, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
