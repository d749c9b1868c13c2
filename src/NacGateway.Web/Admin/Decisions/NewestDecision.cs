using NacGateway.Core.Insight.Decisions;

namespace NacGateway.Web.Admin.Decisions;

/// <summary>
/// The key of the newest decision for all lists that are watched: the database is asked at most once a second, however many there are. It is
/// asked and not listened to, for other gateways decide too. Safe for concurrent use.
/// </summary>
internal sealed class NewestDecision(DecisionSearch search, TimeProvider time)
{
    /// <summary>A little less than the pace of the feed, whose looks come a moment sooner or later.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromMilliseconds(900);

    private readonly Lock _lock = new();
    private Task<long>? _newest;
    private long _askedAt;
    private long _questions;

    /// <summary>How often the database was asked.</summary>
    public long Questions => Interlocked.Read(ref _questions);

    public Task<long> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_newest is null || time.GetElapsedTime(_askedAt) >= Age)
            {
                _askedAt = time.GetTimestamp();
                Interlocked.Increment(ref _questions);

                // The question is everybody's: no one of them ends it.
                _newest = search.NewestAsync(CancellationToken.None);
            }

            return _newest.WaitAsync(cancellationToken);
        }
    }
}
