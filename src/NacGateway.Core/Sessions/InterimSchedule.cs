using NacGateway.Core.Policy;

namespace NacGateway.Core.Sessions;

/// <summary>When Interim-Updates of a session are due, as timestamps of the monotonic clock.</summary>
internal static class InterimSchedule
{
    private static readonly TimeSpan s_pointInterval = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The first one comes between three and five quarters of the interval after the start, where within that the session's id says: a
    /// thousand sessions that begin together, or are restored together, do not report together (RFC 2869 section 2.1 speaks of a random
    /// delay). Never before a minute has passed (RFC 2869 section 5.16).
    /// </summary>
    public static long First(string acctSessionId, TimeSpan? interval, TimeProvider time)
    {
        if (interval is not { } every)
        {
            return long.MaxValue;
        }

        var seconds = Math.Max(LimitSet.ShortestInterim, every.TotalSeconds * 0.75) + (every.TotalSeconds * 0.5 * Fraction(acctSessionId));
        return After(seconds, time);
    }

    /// <summary>The next one after one at this moment; the sessions stay as far apart as they are.</summary>
    public static long Next(TimeSpan? interval, TimeProvider time) =>
        interval is { } every ? After(Math.Max(LimitSet.ShortestInterim, every.TotalSeconds), time) : long.MaxValue;

    /// <summary>The first point of a session's plot: with its Interim-Updates, and every few minutes where there are none.</summary>
    public static long FirstPoint(string acctSessionId, TimeSpan? interval, TimeProvider time) => First(acctSessionId, Between(interval), time);

    /// <summary>The next point.</summary>
    public static long NextPoint(TimeSpan? interval, TimeProvider time) => Next(Between(interval), time);

    /// <summary>Time between two points, before they are spread: to the gateways beside this one it is also the sign that the session is alive.</summary>
    public static TimeSpan Between(TimeSpan? interval) => interval ?? s_pointInterval;

    /// <summary>After a change of limits: another interval begins now.</summary>
    public static void Change(ActiveSession session, TimeSpan? interval, TimeProvider time)
    {
        if (interval != session.Limits.InterimInterval)
        {
            session.Traffic.InterimDue = First(session.AcctSessionId, interval, time);
        }
    }

    private static long After(double seconds, TimeProvider time)
    {
        var now = time.GetTimestamp();
        var ticks = seconds * time.TimestampFrequency;
        return ticks >= long.MaxValue - now ? long.MaxValue : now + (long)ticks;
    }

    /// <summary>From 0 to 1, the same for the same text in every process (FNV-1a).</summary>
    private static double Fraction(string text)
    {
        var hash = 2166136261u;
        foreach (var character in text)
        {
            hash = unchecked((hash ^ character) * 16777619u);
        }

        return (hash ^ (hash >> 15)) % 10_000 / 10_000.0;
    }
}
