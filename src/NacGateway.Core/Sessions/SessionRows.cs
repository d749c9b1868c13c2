using System.Net;
using NacGateway.Core.Policy;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>From the database's form of a session to the one in memory, and back.</summary>
internal static class SessionRows
{
    /// <summary>Two spellings of one account are one user: RADIUS servers compare names without regard to case far more often than with it.</summary>
    public static string UserKey(string userName) => userName.Normalize().ToUpperInvariant() is { Length: <= 253 } key ? key : userName;

    public static Session ToRow(SessionOpening opening, DateTimeOffset startedAt, string owner = GatewayIdentity.DefaultName) => new()
    {
        Owner = owner,
        AcctSessionId = opening.AcctSessionId,
        UserName = opening.UserName,
        UserKey = UserKey(opening.UserName),
        ClientAddress = ClientText(opening.ClientAddress),
        CallingStationId = opening.CallingStationId,
        ServerName = opening.ServerName,
        StartedAt = startedAt,
        SessionTimeout = Seconds(opening.Limits.SessionTimeout),
        IdleTimeout = Seconds(opening.Limits.IdleTimeout),
        Classes = Pack(opening.Classes),
    };

    /// <summary>The session in memory. Its idle time begins now: while the gateway did not run it could not see traffic either.</summary>
    /// <param name="row">The session as recorded.</param>
    /// <param name="time">The clock that the deadlines are on.</param>
    /// <param name="limits">The row's limits, when the caller shares one object among equal ones.</param>
    /// <param name="serverName">The row's server name, when the caller shares one string among equal ones.</param>
    /// <param name="isWithdrawn">See <see cref="ActiveSession.IsWithdrawn"/>.</param>
    public static ActiveSession ToActive(Session row, TimeProvider time, SessionLimits? limits = null, string? serverName = null, bool isWithdrawn = false)
    {
        var now = time.GetTimestamp();
        limits ??= Limits(row);
        var traffic = new TrafficCounter(now);
        traffic.Add(row.InputOctets, row.OutputOctets, now);
        traffic.Recorded = (row.InputOctets, row.OutputOctets);
        return new ActiveSession
        {
            AcctSessionId = row.AcctSessionId,
            UserName = row.UserName,
            ClientAddress = IPAddress.Parse(row.ClientAddress),
            CallingStationId = row.CallingStationId,
            StartedAt = row.StartedAt,
            Limits = limits,
            ServerName = serverName ?? row.ServerName,
            Traffic = traffic,
            IsWithdrawn = isWithdrawn,
            Deadline = limits.SessionTimeout is { } timeout ? Later(now, row.StartedAt + timeout - time.GetUtcNow(), time) : long.MaxValue,
            IdleTicks = limits.IdleTimeout is { } idle ? Later(0, idle, time) : long.MaxValue,
        };
    }

    /// <summary>The same session under other limits, from its start on.</summary>
    public static ActiveSession WithLimits(ActiveSession session, SessionLimits limits, TimeProvider time) => new()
    {
        AcctSessionId = session.AcctSessionId,
        UserName = session.UserName,
        ClientAddress = session.ClientAddress,
        CallingStationId = session.CallingStationId,
        StartedAt = session.StartedAt,
        Limits = limits,
        ServerName = session.ServerName,
        Traffic = session.Traffic,
        End = session.End,
        Deadline = limits.SessionTimeout is { } timeout ? Later(time.GetTimestamp(), session.StartedAt + timeout - time.GetUtcNow(), time) : long.MaxValue,
        IdleTicks = limits.IdleTimeout is { } idle ? Later(0, idle, time) : long.MaxValue,
    };

    public static SessionLimits Limits(Session row) => new() { SessionTimeout = Span(row.SessionTimeout), IdleTimeout = Span(row.IdleTimeout) };

    public static long? Seconds(TimeSpan? span) => span is { } value ? (long)value.TotalSeconds : null;

    public static string ClientText(IPAddress address) => ClientKey.From(address).ToString();

    private static TimeSpan? Span(long? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;

    private static long Later(long timestamp, TimeSpan span, TimeProvider time)
    {
        // 2^32-1 seconds, which Session-Timeout can hold, fit; the comparison is against a clock that is faster than ours.
        var ticks = span.TotalSeconds * time.TimestampFrequency;
        return ticks >= long.MaxValue - timestamp ? long.MaxValue : timestamp + (long)ticks;
    }

    private static byte[]? Pack(IReadOnlyList<ReadOnlyMemory<byte>> classes)
    {
        if (classes.Count == 0)
        {
            return null;
        }

        var packed = new byte[classes.Sum(value => value.Length + 1)];
        var offset = 0;
        foreach (var value in classes)
        {
            packed[offset] = checked((byte)value.Length);
            value.Span.CopyTo(packed.AsSpan(offset + 1));
            offset += value.Length + 1;
        }

        return packed;
    }
}
