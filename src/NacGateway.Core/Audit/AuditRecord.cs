namespace NacGateway.Core.Audit;

/// <summary>One line of the audit trail. It is never changed; each carries the hash of the one before it.</summary>
public sealed record AuditRecord
{
    /// <summary>Place in the trail, from 1 and without a gap.</summary>
    public long Sequence { get; init; }

    /// <summary>When, UTC, in whole milliseconds: what a database rounds must not break the chain.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: the name of an administrator, "key NAME" for an API key, "command line", or "gateway".</summary>
    public required string Actor { get; init; }

    /// <summary>Under which role; null for the gateway itself and the command line.</summary>
    public string? Role { get; init; }

    /// <summary>From which address; null where there is none.</summary>
    public string? Source { get; init; }

    /// <summary>What was done, as a stable word such as "session.disconnect".</summary>
    public required string Action { get; init; }

    /// <summary>To what or whom; null for nothing in particular.</summary>
    public string? Target { get; init; }

    /// <summary>What came of it: "done", "refused", "failed" or "asked".</summary>
    public required string Outcome { get; init; }

    /// <summary>In words, with old and new values; no secret.</summary>
    public string? Detail { get; init; }

    /// <summary>Hash of the line before; 32 zero octets for the first.</summary>
    public required byte[] PreviousHash { get; init; }

    /// <summary>SHA-256 of this line and <see cref="PreviousHash"/>.</summary>
    public required byte[] Hash { get; init; }
}
