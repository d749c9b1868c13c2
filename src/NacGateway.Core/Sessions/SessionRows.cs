using System.Net;
using System.Security.Cryptography;
using System.Text;
using NacGateway.Core.Policy;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>From the database's form of a session to the one in memory, and back.</summary>
internal static class SessionRows
{
    private const int LongestKey = 253;

    /// <summary>A thousand years in seconds: a Session-Timeout that is longer, whoever recorded it, never comes, and might not have an instant.</summary>
    private const long Forever = 1000L * 366 * 86_400;

    /// <summary>
    /// Spellings of one account are one user: RADIUS servers tell case, spaces around a name and compatible forms of its characters apart
    /// far more rarely than not. At most as long as the column: of a longer one it is a hash.
    /// </summary>
    public static string UserKey(string userName)
    {
        var key = Wellformed(userName).Trim().Normalize(NormalizationForm.FormKC).Trim().ToUpperInvariant();
        return key.Length <= LongestKey ? key : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }

    /// <summary>Half of a surrogate pair, and U+FFFE, are no text, and normalization refuses them; a stranger may send them all the same.</summary>
    private static string Wellformed(string text) => string.Concat(text.Replace('\uFFFE', '\uFFFD').EnumerateRunes());

    public static Session ToRow(SessionOpening opening, DateTimeOffset startedAt, string owner = GatewayIdentity.DefaultName) => new Session
    {
        Owner = owner,
        AcctSessionId = opening.AcctSessionId,
        UserName = opening.UserName,
        UserKey = UserKey(opening.UserName),
        TypedName = opening.TypedName,
        ClientAddress = ClientText(opening.ClientAddress),
        CallingStationId = opening.CallingStationId,
        ServerName = opening.ServerName,
        StartedAt = startedAt,
        Classes = PackedOctets.Pack(opening.Classes),
        ChargeableUserIdentity = opening.ChargeableUserIdentity?.ToArray(),
        TunnelAttributes = opening.TunnelAttributes.IsEmpty ? null : opening.TunnelAttributes.ToArray(),
        Reauthenticates = opening.Reauthenticates,
        State = opening.State?.ToArray(),
        Message = opening.Message,
        Authentic = opening.Authentic,
    }.Under(opening.Limits);

    /// <summary>Puts a row under limits.</summary>
    public static Session Under(this Session row, SessionLimits limits)
    {
        row.SessionTimeout = Seconds(limits.SessionTimeout);
        row.IdleTimeout = Seconds(limits.IdleTimeout);
        row.InterimInterval = Seconds(limits.InterimInterval);
        row.UploadRate = limits.UploadRate;
        row.DownloadRate = limits.DownloadRate;
        row.InputQuota = limits.InputQuota;
        row.OutputQuota = limits.OutputQuota;
        row.TotalQuota = limits.TotalQuota;
        row.ThrottleRate = limits.ThrottleRate;
        row.Role = limits.Role;
        return row;
    }

    /// <summary>Puts octets into a row. They never shrink, in whatever order two that read them come to write.</summary>
    /// <param name="row">The row.</param>
    /// <param name="octets">What the session has carried.</param>
    /// <param name="at">Now.</param>
    /// <param name="activeAt">When it carried the last of them.</param>
    public static void Count(Session row, (long Input, long Output) octets, DateTimeOffset at, DateTimeOffset activeAt)
    {
        row.ActiveAt = octets.Input > row.InputOctets || octets.Output > row.OutputOctets ? activeAt : row.ActiveAt;
        (row.InputOctets, row.OutputOctets) = (Math.Max(row.InputOctets, octets.Input), Math.Max(row.OutputOctets, octets.Output));
        row.ReportedAt = at;
    }

    /// <summary>Makes the changes to a row that is tracked.</summary>
    public static void Apply(Session row, SessionChange change)
    {
        if (change.Limits is { } limits)
        {
            row.Under(limits);
        }

        row.ClientAddress = change.ClientAddress is { } address ? ClientText(address) : row.ClientAddress;
        row.CallingStationId ??= change.CallingStationId;
        row.Classes = change.Classes is { } classes ? PackedOctets.Pack(classes) : row.Classes;
        row.TunnelAttributes = change.TunnelAttributes?.ToArray() ?? row.TunnelAttributes;
        row.Message = change.Message ?? row.Message;
        row.Notice = change.Notice is { } notice ? (notice.Length == 0 ? null : notice) : row.Notice;
        row.Reauthenticates = change.Reauthenticates ?? row.Reauthenticates;
        row.State = change.State is { } state ? (state.IsEmpty ? null : state.ToArray()) : row.State;
    }

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
        traffic.InterimDue = InterimSchedule.First(row.AcctSessionId, limits.InterimInterval, time);
        traffic.PointDue = InterimSchedule.FirstPoint(row.AcctSessionId, limits.InterimInterval, time);
        traffic.LastPoint = (row.InputOctets, row.OutputOctets, HasRested: false);
        traffic.Points = row.ReportedAt is null ? 0 : -1;
        return new ActiveSession
        {
            AcctSessionId = row.AcctSessionId,
            UserName = row.UserName,
            TypedName = row.TypedName,
            ClientAddress = IPAddress.Parse(row.ClientAddress),
            CallingStationId = row.CallingStationId,
            StartedAt = row.StartedAt,
            Limits = limits,
            ServerName = serverName ?? row.ServerName,
            Reauthenticates = row.Reauthenticates,
            Message = row.Message,
            Notice = row.Notice,
            ChargeableUserIdentity = row.ChargeableUserIdentity,
            Traffic = traffic,
            IsWithdrawn = isWithdrawn,
            Deadline = Timeout(row, time, row.Reauthenticates ? ActiveSession.LongestRenewal : TimeSpan.Zero),
            RenewalDue = row.Reauthenticates ? Timeout(row, time, TimeSpan.Zero) : long.MaxValue,
            IdleTicks = limits.IdleTimeout is { } idle ? Later(0, idle, time) : long.MaxValue,
        };
    }

    /// <summary>The same session as its row now has it; other limits count from its start.</summary>
    public static ActiveSession Changed(ActiveSession session, Session row, SessionChange change, TimeProvider time)
    {
        var limits = Limits(row);
        InterimSchedule.Change(session, limits.InterimInterval, time);
        return new ActiveSession
        {
            AcctSessionId = session.AcctSessionId,
            UserName = session.UserName,
            TypedName = session.TypedName,
            ClientAddress = IPAddress.Parse(row.ClientAddress),
            Addresses = session.Addresses,
            CallingStationId = row.CallingStationId,
            StartedAt = session.StartedAt,
            Limits = limits,
            ServerName = session.ServerName,
            Reauthenticates = row.Reauthenticates,
            RenewedAfter = change.RenewedAfter ?? session.RenewedAfter,
            Message = row.Message,
            Notice = row.Notice,
            ChargeableUserIdentity = row.ChargeableUserIdentity,
            Traffic = session.Traffic,
            Pace = session.Pace,
            IsWithdrawn = session.IsWithdrawn,
            End = session.End,
            Deadline = Timeout(row, time, row.Reauthenticates ? ActiveSession.LongestRenewal : TimeSpan.Zero),
            RenewalDue = row.Reauthenticates ? Timeout(row, time, TimeSpan.Zero) : long.MaxValue,
            IdleTicks = limits.IdleTimeout is { } idle ? Later(0, idle, time) : long.MaxValue,
        };
    }

    public static SessionLimits Limits(Session row) => new()
    {
        SessionTimeout = Span(row.SessionTimeout),
        IdleTimeout = Span(row.IdleTimeout),
        InterimInterval = Span(row.InterimInterval),
        UploadRate = row.UploadRate,
        DownloadRate = row.DownloadRate,
        InputQuota = row.InputQuota,
        OutputQuota = row.OutputQuota,
        TotalQuota = row.TotalQuota,
        ThrottleRate = row.ThrottleRate,
        Role = row.Role,
    };

    public static long? Seconds(TimeSpan? span) => span is { } value ? (long)value.TotalSeconds : null;

    public static string ClientText(IPAddress address) => ClientKey.From(address).ToString();

    private static TimeSpan? Span(long? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;

    /// <summary>The timestamp at which its Session-Timeout is over, and so much more.</summary>
    private static long Timeout(Session row, TimeProvider time, TimeSpan more) =>
        row.SessionTimeout is { } seconds and < Forever ? Later(time.GetTimestamp(), row.StartedAt + TimeSpan.FromSeconds(seconds) + more - time.GetUtcNow(), time) : long.MaxValue;

    private static long Later(long timestamp, TimeSpan span, TimeProvider time)
    {
        // 2^32-1 seconds, which Session-Timeout can hold, fit; the comparison is against a clock that is faster than ours.
        var ticks = span.TotalSeconds * time.TimestampFrequency;
        return ticks >= long.MaxValue - timestamp ? long.MaxValue : timestamp + (long)ticks;
    }
}
