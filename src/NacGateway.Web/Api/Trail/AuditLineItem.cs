using NacGateway.Core.Audit;

namespace NacGateway.Web.Api.Trail;

/// <summary>One line of the audit trail. It is never changed; each carries the hash of the one before it.</summary>
public sealed record AuditLineItem
{
    /// <summary>Place in the trail, from 1 and without a gap.</summary>
    public required long Sequence { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: an administrator, "key NAME", "command line" or "gateway".</summary>
    public required string Actor { get; init; }

    /// <summary>Under which role.</summary>
    public string? Role { get; init; }

    /// <summary>From which address.</summary>
    public string? Source { get; init; }

    /// <summary>What was done, as a stable word.</summary>
    public required string Action { get; init; }

    /// <summary>To what or whom.</summary>
    public string? Target { get; init; }

    /// <summary>What came of it: done, refused, failed or asked.</summary>
    public required string Outcome { get; init; }

    /// <summary>In words.</summary>
    public string? Detail { get; init; }

    /// <summary>Hash of the line before, in hexadecimal.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>SHA-256 of this line and the hash before, in hexadecimal.</summary>
    public required string Hash { get; init; }

    internal static AuditLineItem Of(AuditRecord line) => new()
    {
        Sequence = line.Sequence,
        At = line.At,
        Actor = line.Actor,
        Role = line.Role,
        Source = line.Source,
        Action = line.Action,
        Target = line.Target,
        Outcome = line.Outcome,
        Detail = line.Detail,
        PreviousHash = Convert.ToHexStringLower(line.PreviousHash),
        Hash = Convert.ToHexStringLower(line.Hash),
    };
}
