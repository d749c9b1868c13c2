using Microsoft.Extensions.Logging;

namespace NacGateway.Core.Accounting;

/// <summary>Says in log and metrics how the delivery goes. Written by the sender alone: an outage is a line at its beginning, one every ten minutes, and one at its end.</summary>
internal sealed partial class AccountingJournal(AccountingProgress progress, AccountingMetrics metrics, TimeProvider time, ILogger<AccountingSender> log)
{
    private static readonly TimeSpan s_between = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_betweenFaults = TimeSpan.FromMinutes(1);
    private long _toldAt;
    private long? _faultToldAt;

    /// <summary>Whether the servers are silent, so that waiting for them is in vain.</summary>
    public bool IsSilent => progress.Silence is not null;

    /// <summary>Whether records waited when they were last counted.</summary>
    public bool Waits => progress.Backlog.Waiting > 0;

    public void Offered(bool again) => metrics.Offered(again);

    /// <summary>Returns whether the servers had been silent.</summary>
    public bool Acknowledged()
    {
        metrics.Acknowledged();
        if (progress.Acknowledged() is not { } since)
        {
            return false;
        }

        Log.Back(log, since, progress.Backlog.Waiting);
        return true;
    }

    public void Missed(string problem, int telling)
    {
        if (progress.Missed(problem, telling))
        {
            _toldAt = time.GetTimestamp();
            Log.Silent(log, problem);
        }
        else if (progress.Silence is { } silence && time.GetElapsedTime(_toldAt) >= s_between)
        {
            _toldAt = time.GetTimestamp();
            Log.StillSilent(log, silence.Since, progress.Backlog.Waiting, problem);
        }
    }

    public void SetAside(IReadOnlyList<(long Id, string Reason)> rows)
    {
        metrics.SetAside(rows.Count);
        Log.SetAside(log, rows.Count, rows[0].Id, rows[0].Reason);
    }

    public void GivenUp(AccountingRecord record) => Log.GivenUp(log, record.Status, record.EventAt);

    public void Counted(int waiting, DateTimeOffset? oldestAt) => progress.Counted(waiting, oldestAt);

    public void PassFailed(Exception exception)
    {
        if (MayTellFault())
        {
            Log.PassFailed(log, exception);
        }
    }

    public void OfferFailed(AccountingRecord record, Exception exception)
    {
        if (MayTellFault())
        {
            Log.OfferFailed(log, record.Id, record.AcctSessionId, exception);
        }
    }

    private bool MayTellFault()
    {
        if (_faultToldAt is { } last && time.GetElapsedTime(last) < s_betweenFaults)
        {
            return false;
        }

        _faultToldAt = time.GetTimestamp();
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(3000, LogLevel.Warning, "No server acknowledges accounting: {Problem}. The records wait in the database and are sent until they are acknowledged. Where no server takes accounting, set Accounting:Enabled to false.")]
        public static partial void Silent(ILogger logger, string problem);

        [LoggerMessage(3001, LogLevel.Warning, "No server has acknowledged accounting since {Since:u}, {Waiting} records wait: {Problem}")]
        public static partial void StillSilent(ILogger logger, DateTimeOffset since, int waiting, string problem);

        [LoggerMessage(3002, LogLevel.Information, "Accounting is acknowledged again; it had not been since {Since:u}, and {Waiting} records wait")]
        public static partial void Back(ILogger logger, DateTimeOffset since, int waiting);

        [LoggerMessage(3003, LogLevel.Error, "{Count} accounting records are set aside, for they are damaged; the first is {Id}: {Reason}. See nacgateway accounting list.")]
        public static partial void SetAside(ILogger logger, int count, long id, string reason);

        [LoggerMessage(3004, LogLevel.Error, "A pass over the accounting records failed; the next one follows in a second")]
        public static partial void PassFailed(ILogger logger, Exception exception);

        [LoggerMessage(3005, LogLevel.Error, "Accounting record {Id} of session {AcctSessionId} could not be sent because of a fault in the gateway; it is tried again")]
        public static partial void OfferFailed(ILogger logger, long id, string acctSessionId, Exception exception);

        [LoggerMessage(3006, LogLevel.Warning, "No server acknowledged {Status} of {At:u}; it is not sent any more, for a late one would end the sessions that have begun since. A proxy that routes by User-Name has no way for it.")]
        public static partial void GivenUp(ILogger logger, AcctStatusType status, DateTimeOffset at);
    }
}
