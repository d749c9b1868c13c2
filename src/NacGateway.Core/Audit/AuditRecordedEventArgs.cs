namespace NacGateway.Core.Audit;

/// <summary>A line that was added to the audit trail.</summary>
public sealed class AuditRecordedEventArgs(AuditRecord line) : EventArgs
{
    /// <summary>The line.</summary>
    public AuditRecord Line { get; } = line;
}
