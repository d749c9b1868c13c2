namespace NacGateway.Core.Audit;

/// <summary>What is to be written into the audit trail.</summary>
public sealed record AuditEntry
{
    /// <summary><see cref="Actor"/> of what was done by a command on the machine itself.</summary>
    public const string CommandLine = "command line";

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

    /// <summary>What came of it: "done", "refused", "failed", or "asked" where that is told by a later line.</summary>
    public string Outcome { get; init; } = "done";

    /// <summary>In words, with old and new values; no secret.</summary>
    public string? Detail { get; init; }
}
