using NacGateway.Core.Policy;

namespace NacGateway.Core.Sessions;

/// <summary>
/// How fast and how far a session's octets may go: shared by all versions of the session and all its connections, so that a change
/// holds for what is under way, too. Costs a look and nothing else when there is no such limit.
/// </summary>
public sealed class SessionPace
{
    private volatile SessionLimits? _limits;
    private volatile TokenBucket? _upload;
    private volatile TokenBucket? _download;

    /// <summary>Whether neither rate nor quota holds at present.</summary>
    public bool IsFree => _limits is null;

    /// <summary>Most octets from the client to ask for at once.</summary>
    public int UploadPiece => _upload?.Piece ?? TokenBucket.LargestPiece;

    /// <summary>Most octets to the client to ask for at once.</summary>
    public int DownloadPiece => _download?.Piece ?? TokenBucket.LargestPiece;

    /// <summary>Whether the quota has been reached, so that nothing more may pass.</summary>
    public bool IsUsedUp(TrafficCounter traffic)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        return _limits is { } limits && limits.IsUsedUp(traffic.InputOctets, traffic.OutputOctets);
    }

    /// <summary>Returns when so many octets may come from the client.</summary>
    public ValueTask UploadAsync(int octets, CancellationToken cancellationToken) => _upload?.TakeAsync(octets, cancellationToken) ?? default;

    /// <summary>Returns when so many octets may go to the client.</summary>
    public ValueTask DownloadAsync(int octets, CancellationToken cancellationToken) => _download?.TakeAsync(octets, cancellationToken) ?? default;

    /// <summary>Puts limits in force, at once and for all connections. For the one writer of the table.</summary>
    internal void Keep(SessionLimits limits, TimeProvider time)
    {
        _upload = Set(_upload, limits.UploadRate, time);
        _download = Set(_download, limits.DownloadRate, time);
        _limits = (limits.UploadRate ?? limits.DownloadRate ?? limits.InputQuota ?? limits.OutputQuota ?? limits.TotalQuota) is null ? null : limits;
    }

    /// <summary>Made for a session that has a limit only, because most have none; kept afterwards, because somebody may wait in it.</summary>
    private static TokenBucket? Set(TokenBucket? bucket, long? rate, TimeProvider time)
    {
        if (rate is null && bucket is null)
        {
            return null;
        }

        bucket ??= new TokenBucket(time);
        bucket.Rate = rate;
        return bucket;
    }
}
