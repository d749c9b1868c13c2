using NacGateway.Core.Insight.Search;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Insight.Acts;

/// <summary>
/// Does to one session what an administrator wants. What is "done" is durable and in force at the gate; every done act leaves a line in the
/// session's history. Several at once get sentences, never errors. Safe for concurrent use.
/// </summary>
public sealed class SessionActs
{
    private readonly SessionTable _table;
    private readonly SessionManager _sessions;
    private readonly SessionChanges _changes;
    private readonly SessionSearch _search;
    private readonly TimeProvider _time;

    internal SessionActs(SessionTable table, SessionManager sessions, SessionChanges changes, SessionSearch search, TimeProvider time) =>
        (_table, _sessions, _changes, _search, _time) = (table, sessions, changes, search, time);

    /// <summary>Does it.</summary>
    /// <param name="act">What.</param>
    /// <param name="acctSessionId">To which session.</param>
    /// <param name="by">Who, for the history: "administrator ada".</param>
    /// <param name="cancellationToken">Counts until the writing begins.</param>
    public async Task<ActResult> DoAsync(SessionAct act, string acctSessionId, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(act);
        ArgumentNullException.ThrowIfNull(acctSessionId);
        try
        {
            if (!_table.TryFind(acctSessionId, out var session))
            {
                return await AbsentAsync(act, acctSessionId, cancellationToken).ConfigureAwait(false);
            }

            if (act is SessionAct.Disconnect)
            {
                return await DisconnectAsync(session, by, cancellationToken).ConfigureAwait(false);
            }

            return await _changes.DoAsync(act, session, by, cancellationToken).ConfigureAwait(false) ?? await AbsentAsync(act, acctSessionId, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageUnavailableException)
        {
            return new ActResult(acctSessionId, ActFate.Failed, "The database does not take it, so nothing was changed.");
        }
    }

    private async Task<ActResult> DisconnectAsync(ActiveSession session, string by, CancellationToken cancellationToken)
    {
        var id = session.AcctSessionId;
        var closing = new SessionClosing
        {
            AcctSessionId = id,
            Cause = AcctTerminateCause.AdminReset,
            Event = new SessionEvent { AcctSessionId = id, At = _time.GetUtcNow(), Kind = SessionEventKind.Ended, By = by, Text = "disconnected" },
        };
        bool ended;
        try
        {
            ended = await _sessions.CloseAsync([closing], also: null, cancellationToken).ConfigureAwait(false) > 0;
        }
        catch (Exception exception) when (RowDamage.Is(exception))
        {
            // Its row makes no sense any more. It ends all the same, without a line in its history.
            ended = await _sessions.CloseAsync(id, AcctTerminateCause.AdminReset, cancellationToken).ConfigureAwait(false);
        }

        if (!ended)
        {
            return await AbsentAsync(new SessionAct.Disconnect(), id, cancellationToken).ConfigureAwait(false);
        }

        await SessionCut.WaitAsync([session], _time).ConfigureAwait(false);
        return new ActResult(id, ActFate.Done, "Disconnected.");
    }

    /// <summary>Why it is not in this gateway's memory.</summary>
    private async Task<ActResult> AbsentAsync(SessionAct act, string id, CancellationToken cancellationToken)
    {
        var row = await _search.FindAsync(id, cancellationToken).ConfigureAwait(false);
        return row switch
        {
            null => new ActResult(id, ActFate.Failed, "There is no such session."),
            { EndedAt: { } at } => new ActResult(id, act is SessionAct.Disconnect ? ActFate.Skipped : ActFate.Failed, $"It had ended already, at {at:HH:mm:ss} UTC ({row.Cause})."),
            { IsHeld: false } => new ActResult(id, ActFate.Failed, $"It is held by the gateway {row.Gateway}, and only that one can change it."),
            _ => new ActResult(id, ActFate.Failed, "It has only just changed; try again."),
        };
    }
}
