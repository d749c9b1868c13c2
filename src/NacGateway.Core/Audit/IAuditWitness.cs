namespace NacGateway.Core.Audit;

/// <summary>Knows of something that cannot be without a line of the trail: so that a trail that was emptied together with its end is not taken for a new one.</summary>
public interface IAuditWitness
{
    /// <summary>What there is, as the beginning of a sentence such as "2 accounts of administrators"; null for nothing.</summary>
    Task<string?> TestifyAsync(CancellationToken cancellationToken);
}
