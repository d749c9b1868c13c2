using System.Threading.RateLimiting;
using NacGateway.Core.Authentication;

namespace NacGateway.Web.Desk.Radius;

/// <summary>
/// Sends a test sign-in for an administrator: at a pace of its own, since each costs a server work, and with its line in the audit trail,
/// the password not in it, before anything is sent. Safe for concurrent use.
/// </summary>
internal sealed class RadiusTestDesk(RadiusTest test, DeskAudit audit) : IDisposable
{
    /// <summary>Tests of one administrator in a minute.</summary>
    public const int MostPerMinute = 10;

    private const int LongestName = 253;

    private static readonly FixedWindowRateLimiterOptions s_pace = new() { PermitLimit = MostPerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 };

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(name => RateLimitPartition.GetFixedWindowLimiter(name, _ => s_pace));

    /// <summary>The result; null when there were too many in this minute.</summary>
    /// <exception cref="Core.Storage.StorageUnavailableException">It could not be audited, and was not sent.</exception>
    public async Task<RadiusTestResult?> RunAsync(DeskUser asker, string user, string password, string? server, CancellationToken cancellationToken)
    {
        using var lease = _limiter.AttemptAcquire(asker.Name);
        if (!lease.IsAcquired)
        {
            return null;
        }

        await audit.RecordAsync(asker, "radius.test", user.Length <= LongestName ? user : user[..LongestName], $"server: {server ?? "all"}");
        return await test.RunAsync(user, password, server, asker.Source, cancellationToken);
    }

    public void Dispose() => _limiter.Dispose();
}
