namespace NacGateway.Core.Audit;

/// <summary>The end of the audit trail, kept apart from it, so that lines missing at the end are found, too.</summary>
public sealed record AuditHead
{
    /// <summary>Always 1: there is one trail.</summary>
    public int Id { get; init; }

    /// <summary>Sequence of the last line.</summary>
    public long Sequence { get; set; }

    /// <summary>Its hash.</summary>
    public required byte[] Hash { get; set; }
}
