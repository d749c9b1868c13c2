using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Authentication;

/// <summary>
/// Termination-Action RADIUS-Request (RFC 2865 section 5.29): at Session-Timeout the server is asked, with the State of its Accept,
/// whether the session may go on. Without an answer, or without a State to ask with, it ends as by any Session-Timeout. No password is
/// kept for this.
/// </summary>
internal sealed partial class SessionRenewal(SessionStates states, Reauthentication reauthentication, SessionManager sessions, ILogger<SessionRenewal> log) : ISessionRenewal, IDisposable
{
    /// <summary>Sessions asked about at once; the next ones have their turn a second later, as long as their grace lasts.</summary>
    private const int MostAtOnce = 512;

    private readonly ConcurrentDictionary<string, byte> _underWay = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    /// <inheritdoc/>
    public void Begin(ActiveSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (_underWay.Count < MostAtOnce && _underWay.TryAdd(session.AcctSessionId, 0))
        {
            _ = RunAsync(session, _stopping.Token);
        }
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task RunAsync(ActiveSession session, CancellationToken cancellationToken)
    {
        try
        {
            var state = await states.FindAsync(session.AcctSessionId, cancellationToken).ConfigureAwait(false);
            if (state is not { Length: > 0 }
                || await reauthentication.RunAsync(session, state, $"RADIUS server {session.ServerName}", cancellationToken).ConfigureAwait(false) == ReauthenticationOutcome.Unanswered)
            {
                await sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.SessionTimeout, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops. The session is asked about again after its return, or has ended by then.
        }
        catch (Exception exception)
        {
            // Asked again at the next pass, and ended when its grace is over.
            Log.Failed(log, session.AcctSessionId, exception);
        }
        finally
        {
            _underWay.TryRemove(session.AcctSessionId, out _);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2533, LogLevel.Error, "Asking whether session {AcctSessionId} may go on failed")]
        public static partial void Failed(ILogger logger, string acctSessionId, Exception exception);
    }
}
