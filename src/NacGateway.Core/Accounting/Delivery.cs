namespace NacGateway.Core.Accounting;

/// <summary>What became of one offer of a record.</summary>
/// <param name="IsAcknowledged">Whether a server has said, authentically, that it has the record (RFC 2866 section 4.2).</param>
/// <param name="Problem">Why not, in words; null when it was acknowledged.</param>
/// <param name="ServerName">Who has it; null where it was not acknowledged, or that is not known.</param>
internal sealed record Delivery(bool IsAcknowledged, string? Problem, string? ServerName = null)
{
    public static readonly Delivery Acknowledged = new(true, null);
}
