namespace NacGateway.Core.Authentication;

/// <summary>Failures of one key in memory. Not safe for concurrent use: the throttle holds its lock.</summary>
internal sealed class ThrottleCounter
{
    public int Failures { get; private set; }

    /// <summary>Tries that are under way: each may become a failure, so they count as such, or many at once would slip through.</summary>
    public int UnderWay { get; set; }

    public DateTimeOffset WindowEndsAt { get; private set; }

    public DateTimeOffset? BlockedUntil { get; private set; }

    /// <summary>When it failed last; of what was read from the database when that was.</summary>
    public DateTimeOffset FailedAt { get; private set; }

    /// <summary>When the database was asked last whether another gateway forgave it.</summary>
    public DateTimeOffset LookedAt { get; set; }

    public static ThrottleCounter From(ThrottleEntry entry, DateTimeOffset now) => new() { FailedAt = now, Failures = entry.Failures, WindowEndsAt = entry.WindowEndsAt, BlockedUntil = entry.BlockedUntil };

    /// <summary>Whether nothing of it matters any more.</summary>
    public bool IsIdle(DateTimeOffset now) => UnderWay == 0 && WindowEndsAt <= now && (BlockedUntil is null || BlockedUntil <= now);

    /// <summary>Until when a try is forbidden; null when it is allowed.</summary>
    public DateTimeOffset? Forbidden(DateTimeOffset now, int limit, TimeSpan shortWait)
    {
        if (BlockedUntil > now)
        {
            return BlockedUntil;
        }

        int counted = WindowEndsAt > now ? Failures : 0;
        return counted + UnderWay >= limit ? now + shortWait : null;
    }

    public void Fail(DateTimeOffset now, int limit, ThrottleOptions options)
    {
        if (WindowEndsAt <= now)
        {
            Failures = 0;
            WindowEndsAt = now + options.Window;
        }

        Failures++;
        FailedAt = now;
        if (Failures >= limit)
        {
            BlockedUntil = now + options.Delay;
            Failures = 0;
            WindowEndsAt = now;
        }
    }

    public void Reset()
    {
        Failures = 0;
        WindowEndsAt = default;
        BlockedUntil = null;
        FailedAt = default;
    }
}
