using System.Linq.Expressions;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.Search;

/// <summary>Reads rows of sessions without what no list shows, and completes them from memory.</summary>
internal sealed class SessionRowReading(SessionTable table, string owner, TimeProvider time)
{
    private const double BitsOfOctet = 8;

    /// <summary>Shorter than this is no time to tell a rate from.</summary>
    private const double LeastSeconds = 1;
    private const double MostSeconds = 60;

    public static readonly Expression<Func<Session, SessionRow>> Columns = row => new SessionRow
    {
        Id = row.Id,
        AcctSessionId = row.AcctSessionId,
        UserName = row.UserName,
        TypedName = row.TypedName,
        ClientAddress = row.ClientAddress,
        CallingStationId = row.CallingStationId,
        ServerName = row.ServerName,
        Gateway = row.Owner,
        StartedAt = row.StartedAt,
        EndedAt = row.EndedAt,
        Cause = row.TerminateCause,
        InputOctets = row.InputOctets,
        OutputOctets = row.OutputOctets,
        ReportedAt = row.ReportedAt,
        ActiveAt = row.ActiveAt,
        Message = row.Message,
        Notice = row.Notice,
        Limits = new SessionLimits
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
        },
    };

    /// <summary>The row as it is now.</summary>
    public SessionRow Complete(SessionRow row)
    {
        if (row.EndedAt is not null)
        {
            return row with { State = SessionState.Ended };
        }

        if (!string.Equals(row.Gateway, owner, StringComparison.Ordinal))
        {
            return row with { State = SessionStateRule.OfOther(row.ReportedAt ?? row.StartedAt, row.ActiveAt ?? row.StartedAt, row.Limits.InterimInterval, time.GetUtcNow()) };
        }

        return table.TryFind(row.AcctSessionId, out var session) ? Complete(row, session) : row with { State = SessionState.Stale };
    }

    private SessionRow Complete(SessionRow row, ActiveSession session)
    {
        var traffic = session.Traffic;
        var (input, output) = traffic.Octets;
        var recorded = traffic.Recorded;
        var seconds = Math.Min(time.GetElapsedTime(traffic.RecordedAt).TotalSeconds, MostSeconds);
        var idle = time.GetElapsedTime(traffic.LastActivity);
        return row with
        {
            Limits = session.Limits,
            Message = session.Message,
            Notice = session.Notice,
            InputOctets = input,
            OutputOctets = output,
            ActiveAt = input + output == 0 ? row.ActiveAt : time.GetUtcNow() - idle,
            DownloadRate = seconds < LeastSeconds ? null : (output - recorded.Output) * BitsOfOctet / seconds,
            UploadRate = seconds < LeastSeconds ? null : (input - recorded.Input) * BitsOfOctet / seconds,
            State = SessionStateRule.OfHeld(table.LimitReached(session) is not null, idle),
            IsHeld = true,
        };
    }

    private static TimeSpan? Span(long? seconds) => seconds is { } value ? TimeSpan.FromSeconds(Math.Clamp(value, 0, long.MaxValue / TimeSpan.TicksPerSecond)) : null;
}
