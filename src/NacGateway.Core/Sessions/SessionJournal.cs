using System.Net;
using Microsoft.Extensions.Logging;

namespace NacGateway.Core.Sessions;

/// <summary>Says in log and metrics what became of sessions, after it is durable.</summary>
internal sealed partial class SessionJournal(SessionMetrics metrics, ILogger<SessionManager> log)
{
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
