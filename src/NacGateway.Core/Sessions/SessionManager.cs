using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>
/// Owns the life of a session: Open, Change and Close are the only three writers, and each is durable before it returns. What
/// accounting must report is written in the same transaction.
/// </summary>
public sealed class SessionManager
{
    private readonly GatewayWriter _writer;
    private readonly SessionTable _table;
    private readonly AccountingOutbox _outbox;
    private readonly SessionSettings _settings;
    private readonly TimeProvider _time;
    private readonly SessionJournal _journal;
    private readonly string _owner;
    private readonly OpeningClients _opening = new();

    internal SessionManager(GatewayWriter writer, SessionTable table, AccountingOutbox outbox, SessionSettings settings, TimeProvider time, SessionJournal journal)
    {
        _writer = writer;
        _table = table;
        _outbox = outbox;
        _settings = settings;
        _time = time;
        _journal = journal;
        _owner = writer.Identity.Name;
    }

    /// <summary>Opens a session; the device's earlier one, if it has one, ends in the same transaction.</summary>
    public async Task<OpenOutcome> OpenAsync(SessionOpening opening, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(opening);
        var client = ClientKey.From(opening.ClientAddress);
        _opening.Enter(client);
        try
        {
            return await OpenAsync(opening, DevicesOf(opening), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening.Leave(client);
        }
    }

    /// <summary>Puts an open session under other limits, which count from its start. Returns false when it was not open.</summary>
    /// <exception cref="StorageUnavailableException">The database could not record it; the old limits stay in force.</exception>
    public Task<bool> ChangeAsync(string acctSessionId, SessionLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return ChangeAsync([new SessionChange { AcctSessionId = acctSessionId, Limits = limits }], also: null, cancellationToken);
    }

    /// <summary>
    /// Makes every change, or none: returns false, and has changed nothing, when one of the sessions was not open, or under other limits than
    /// the change was made from.
    /// </summary>
    /// <param name="changes">One for each session.</param>
    /// <param name="also">Adds rows of its own to the transaction; it may run twice.</param>
    /// <param name="cancellationToken">Counts until the writing begins.</param>
    /// <exception cref="StorageUnavailableException">The database could not record it; everything stays in force.</exception>
    public async Task<bool> ChangeAsync(IReadOnlyList<SessionChange> changes, Action<GatewayDbContext>? also, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        List<(Session Row, SessionChange Change)> changed = [];
        var status = await _writer.WriteAsync(
            async (database, ct) =>
            {
                var rows = await FindAsync(database, changes.Select(change => change.AcctSessionId), ct).ConfigureAwait(false);
                changed = [.. rows.Join(changes, row => row.AcctSessionId, change => change.AcctSessionId, ValueTuple.Create, StringComparer.Ordinal)];
                if (changed.Count < changes.Count || changed.Exists(pair => pair.Change.Before is { } before && before != SessionRows.Limits(pair.Row)))
                {
                    changed = [];
                    return;
                }

                changed.ForEach(pair => SessionRows.Apply(pair.Row, pair.Change));

                await SessionHistory.AddAsync(database, changes.Select(change => change.Event), ct).ConfigureAwait(false);

                also?.Invoke(database);
            },
            _ => changed.ForEach(pair =>
            {
                if (_table.TryFind(pair.Row.AcctSessionId, out var session))
                {
                    _table.Put(SessionRows.Changed(session, pair.Row, pair.Change, _time));
                }

                _journal.Tell(pair.Row, session, pair.Change);
            }),
            cancellationToken).ConfigureAwait(false);
        return status == WriteStatus.Committed ? changed.Count > 0 : throw new StorageUnavailableException();
    }

    /// <summary>Ends a session, also one whose row cannot be read any more. Returns false when it was not open.</summary>
    /// <exception cref="StorageUnavailableException">The database could not record the end; the session is still open.</exception>
    public async Task<bool> CloseAsync(string acctSessionId, AcctTerminateCause cause, CancellationToken cancellationToken)
    {
        var closing = new SessionClosing { AcctSessionId = acctSessionId, Cause = cause };
        try
        {
            return await CloseAsync([closing], also: null, cancellationToken).ConfigureAwait(false) > 0;
        }
        catch (Exception exception) when (RowDamage.Is(exception))
        {
            return await CloseUnreadableAsync(closing, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends sessions in one transaction; those that are not open are passed over. The gate has let go of them when this returns.</summary>
    /// <param name="closings">One for each session.</param>
    /// <param name="also">Adds rows of its own to the transaction, if any session ended; it may run twice.</param>
    /// <param name="cancellationToken">Counts until the writing begins.</param>
    /// <returns>How many ended.</returns>
    /// <exception cref="StorageUnavailableException">The database could not record it; all of them are still open.</exception>
    public async Task<int> CloseAsync(IReadOnlyList<SessionClosing> closings, Action<GatewayDbContext>? also, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(closings);
        await SessionCut.WaitForOctetsAsync(_table, closings.Select(closing => closing.AcctSessionId), _time).ConfigureAwait(false);
        List<Session> closed = [];
        var status = await _writer.WriteAsync(
            async (database, ct) =>
            {
                closed = await FindAsync(database, closings.Select(closing => closing.AcctSessionId), ct).ConfigureAwait(false);
                foreach (var (row, closing) in closed.Join(closings, row => row.AcctSessionId, closing => closing.AcctSessionId, ValueTuple.Create, StringComparer.Ordinal))
                {
                    row.Classes = closing.Classes is { } classes ? PackedOctets.Pack(classes) : row.Classes;
                    End(database, row, closing.Cause);
                }

                var ended = closed.Select(row => row.AcctSessionId).ToHashSet(StringComparer.Ordinal);
                await SessionHistory.AddAsync(database, closings.Where(closing => ended.Contains(closing.AcctSessionId)).Select(closing => closing.Event), ct).ConfigureAwait(false);

                if (closed.Count > 0)
                {
                    also?.Invoke(database);
                }
            },
            _ =>
            {
                // All that were asked for: one that is not open in the database is not to be open at the gate either.
                Forget(closings.Select(closing => closing.AcctSessionId));
                _journal.TellEnds(closed, closings);
                _outbox.Signal();
            },
            cancellationToken).ConfigureAwait(false);
        if (status != WriteStatus.Committed)
        {
            throw new StorageUnavailableException();
        }

        closed.ForEach(_journal.Closed);
        return closed.Count;
    }

    /// <summary>
    /// Records octets of open sessions without ending them, so that a crash loses at most those since the last time. Two statements
    /// for all of them, for sign-ins wait behind it: the caller keeps the list short.
    /// </summary>
    internal Task<WriteStatus> RecordTrafficAsync(IReadOnlyDictionary<string, (long Input, long Output)> octets, CancellationToken cancellationToken) =>
        _writer.WriteAsync(
            async (database, ct) =>
            {
                var rows = await FindAsync(database, octets.Keys, ct).ConfigureAwait(false);
                var at = _time.GetUtcNow();
                rows.ForEach(row => SessionRows.Count(row, octets[row.AcctSessionId], at, _table.TryFind(row.AcctSessionId, out var session) ? session.ActiveAt(_time) : at));
            },
            cancellationToken);

    private async Task<bool> CloseUnreadableAsync(SessionClosing closing, CancellationToken cancellationToken)
    {
        var session = _table.TryFind(closing.AcctSessionId, out var found) ? found : null;
        AccountingEvent? stop = null;
        var status = await _writer.WriteAsync(
            async (database, ct) =>
            {
                stop = await UnreadableSession.EndAsync(database, closing, _owner, session, _time.GetUtcNow(), ct).ConfigureAwait(false);
                if (stop is not null)
                {
                    _outbox.Add(database, stop);
                }
            },
            _ =>
            {
                Forget([closing.AcctSessionId]);
                if (stop is not null)
                {
                    _journal.TellEnd(stop, closing.Cause);
                }

                _outbox.Signal();
            },
            cancellationToken).ConfigureAwait(false);
        return status == WriteStatus.Committed ? stop is not null : throw new StorageUnavailableException();
    }

    /// <summary>Who would have to go before a session may begin, or whether it may not: what opening it decides by. Reads only.</summary>
    internal async Task<(SessionAdmission Admission, DeviceRule Devices)> AdmitAsync(GatewayDbContext database, SessionOpening opening, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var devices = DevicesOf(opening);
        return (await SessionAdmission.DecideAsync(database, SessionRows.ToRow(opening, at, _owner), devices, _table, cancellationToken).ConfigureAwait(false), devices);
    }

    private DeviceRule DevicesOf(SessionOpening opening)
    {
        var own = new DeviceRule(_settings.Current.MaxPerUser, EndOldest: false);
        return opening.Devices is { } asked && asked.IsStricterThan(own) ? asked : own;
    }

    private async Task<OpenOutcome> OpenAsync(SessionOpening opening, DeviceRule devices, CancellationToken cancellationToken)
    {
        var startedAt = _time.GetUtcNow();
        var admission = SessionAdmission.Free;
        Session? row = null;
        ActiveSession? opened = null;
        var status = await _writer.AppendAsync(
            async (database, ct) => (row, admission) = await OpenAsync(database, opening, startedAt, devices, ct).ConfigureAwait(false),
            inTime =>
            {
                Forget(admission.ToEnd.Select(ended => ended.Row.AcctSessionId));
                _journal.TellEnds(admission.ToEnd.Select(ended => ended.Row), []);
                if (row is not null)
                {
                    _table.Put(opened = SessionRows.ToActive(row, _time, isWithdrawn: !inTime));
                    _journal.Tell(opened);
                }

                _outbox.Signal();
            },
            cancellationToken,
            devices.Most > 0 ? ["sessions of " + SessionRows.UserKey(opening.UserName)] : []).ConfigureAwait(false);

        if (status != WriteStatus.Committed)
        {
            return status == WriteStatus.Busy ? new OpenOutcome.Busy() : new OpenOutcome.Unavailable();
        }

        if (opened is null)
        {
            return new OpenOutcome.DeviceLimit(admission.Others, devices.Most);
        }

        foreach (var (ended, _) in admission.ToEnd)
        {
            _journal.Closed(ended);
        }

        _journal.Opened(opened);
        await SessionCut.WaitForOpeningAsync(opened, _time).ConfigureAwait(false);
        return new OpenOutcome.Opened(opened);
    }

    private async Task<(Session? Row, SessionAdmission Admission)> OpenAsync(GatewayDbContext database, SessionOpening opening, DateTimeOffset startedAt, DeviceRule devices, CancellationToken cancellationToken)
    {
        var candidate = SessionRows.ToRow(opening, startedAt, _owner);
        var admission = SessionAdmission.Free;
        if (!IsFirstOf(opening, devices))
        {
            await database.FlushAsync(cancellationToken).ConfigureAwait(false);
            admission = await SessionAdmission.DecideAsync(database, candidate, devices, _table, cancellationToken).ConfigureAwait(false);
        }

        if (opening.Decision is { } decision)
        {
            database.Append(admission.IsAdmitted ? decision : decision.Without(admission.Others, devices.Most));
        }

        if (!admission.IsAdmitted)
        {
            return (null, admission);
        }

        foreach (var (row, cause) in admission.ToEnd)
        {
            End(database, row, cause);
        }

        if (database.ChangeTracker.HasChanges())
        {
            // The unique index sees each statement by itself: the old ones must be gone before the new one comes.
            await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }

        database.Append(candidate);
        _outbox.Add(database, SessionReports.Start(candidate));
        return (candidate, admission);
    }

    /// <summary>Whether memory alone shows that nothing stands in the way; the question to the database would cost as much as the session itself.</summary>
    private bool IsFirstOf(SessionOpening opening, DeviceRule devices)
    {
        var client = ClientKey.From(opening.ClientAddress);
        return devices.Most == 0 && opening.CallingStationId is null && !_table.Knows(client) && _opening.IsAlone(client);
    }

    private Task<List<Session>> FindAsync(GatewayDbContext database, IEnumerable<string> acctSessionIds, CancellationToken cancellationToken)
    {
        string[] ids = [.. acctSessionIds];
        return database.Set<Session>().AsTracking()
            .Where(row => ids.Contains(row.AcctSessionId) && row.EndedAt == null && row.Owner == _owner)
            .ToListAsync(cancellationToken);
    }

    private void Forget(IEnumerable<string> acctSessionIds)
    {
        foreach (var id in acctSessionIds)
        {
            if (_table.TryFind(id, out var session))
            {
                _table.Remove(session);
            }
        }
    }

    private void End(GatewayDbContext database, Session row, AcctTerminateCause cause)
    {
        if (_table.TryFind(row.AcctSessionId, out var session))
        {
            SessionRows.Count(row, session.Traffic.Octets, _time.GetUtcNow(), session.ActiveAt(_time));
        }

        row.EndedAt = EndOf(row, session, cause);
        row.TerminateCause = cause;
        _outbox.Add(database, SessionReports.Stop(row));
    }

    /// <summary>
    /// A limit ends a session when it was reached, not when somebody came by to see it. The idle time belongs to the session: the
    /// service was there to be used (Acct-Session-Time, RFC 2866 section 5.7), and the gate was open until the limit.
    /// </summary>
    private DateTimeOffset EndOf(Session row, ActiveSession? session, AcctTerminateCause cause)
    {
        var now = _time.GetUtcNow();
        var due = cause switch
        {
            AcctTerminateCause.SessionTimeout when row.SessionTimeout is { } seconds => row.StartedAt + TimeSpan.FromSeconds(seconds),

            // Measured by the clock that the limit was measured by: a step of the wall clock is no idle time.
            AcctTerminateCause.IdleTimeout when row.IdleTimeout is { } seconds && session is not null => now - _time.GetElapsedTime(session.Traffic.LastActivity) + TimeSpan.FromSeconds(seconds),
            _ => now,
        };
        return due < now ? due : now;
    }
}
