using System.Net;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Accounting;

namespace NacGateway.Core.Sessions;

/// <summary>Says in log, metrics and feed what became of sessions, after it is durable.</summary>
internal sealed partial class SessionJournal(SessionMetrics metrics, SessionFeed feed, TimeProvider time, ILogger<SessionManager> log)
{
    // What goes to the feed is called from within the commit, so that its order is that of the commits; lines and counts may come later.

    public void Tell(ActiveSession opened)
    {
        if (feed.IsHeard)
        {
            feed.Publish(SessionNotices.Opened(opened));
        }
    }

    public void Tell(Session row, ActiveSession? session, SessionChange change)
    {
        if (feed.IsHeard)
        {
            feed.Publish(SessionNotices.Changed(row, session, change, time.GetUtcNow()));
        }
    }

    /// <param name="ended">Rows of the sessions that ended.</param>
    /// <param name="closings">Who wanted it, where somebody did.</param>
    public void TellEnds(IEnumerable<Session> ended, IReadOnlyList<SessionClosing> closings)
    {
        if (!feed.IsHeard)
        {
            return;
        }

        foreach (var (row, closing) in ended.LeftJoin(closings, row => row.AcctSessionId, closing => closing.AcctSessionId, ValueTuple.Create, StringComparer.Ordinal))
        {
            feed.Publish(SessionNotices.Ended(row, closing?.Event));
        }
    }

    public void TellEnd(AccountingEvent stop, AcctTerminateCause cause) => feed.Publish(SessionNotices.Ended(stop, cause));

    public void Opened(ActiveSession session)
    {
        metrics.Opened();
        Log.Opened(log, session.AcctSessionId, session.UserName, session.ClientAddress, session.ServerName);
    }

    public void Closed(Session row)
    {
        var cause = row.TerminateCause ?? AcctTerminateCause.None;
        metrics.Ended(cause);
        Log.Closed(log, row.AcctSessionId, row.UserName, row.ClientAddress, cause);
    }

    private static partial class Log
    {
        [LoggerMessage(2000, LogLevel.Information, "Session {AcctSessionId} of {UserName} opened for {Client}, accepted by {Server}")]
        public static partial void Opened(ILogger logger, string acctSessionId, string userName, IPAddress client, string server);

        [LoggerMessage(2001, LogLevel.Information, "Session {AcctSessionId} of {UserName} at {Client} ended: {Cause}")]
        public static partial void Closed(ILogger logger, string acctSessionId, string userName, string client, AcctTerminateCause cause);
    }
}
