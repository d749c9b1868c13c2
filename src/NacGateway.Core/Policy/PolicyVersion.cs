namespace NacGateway.Core.Policy;

/// <summary>One state of all rules and roles, as a whole. The one with the highest number is in force; earlier ones are kept.</summary>
internal sealed class PolicyVersion
{
    /// <summary>Counts from 1.</summary>
    public int Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it: an administrator, or "seed".</summary>
    public required string CreatedBy { get; init; }

    /// <summary>SHA-256 of <see cref="Document"/> in hexadecimal: seeding the same rules again makes no version.</summary>
    public required string Digest { get; init; }

    /// <summary>Rules and roles as JSON, as in seeds/policies.json.</summary>
    public required string Document { get; init; }
}
