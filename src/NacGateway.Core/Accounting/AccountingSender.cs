using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NacGateway.Core.Storage;
using NacGateway.Radius.Client;

namespace NacGateway.Core.Accounting;

/// <summary>
/// Delivers the outbox: reads what waits, offers it to the servers until one acknowledges it, and then deletes it. One loop decides
/// everything; only the exchanges and the deletion run beside it.
/// </summary>
internal sealed class AccountingSender : BackgroundService
{
    private const int Page = 1024;
    private const int MostDeletedAtOnce = 512;

    /// <summary>Misses in a row that are an outage and not bad luck.</summary>
    private const int Telling = 3;

    /// <summary>Offers after which Accounting-On or Accounting-Off no longer holds up what comes after it; by then it would do harm.</summary>
    private const int MostOffersOfWhole = 10;

    /// <summary>Of so many offers one is long, however dead the servers seem.</summary>
    private const int EveryLong = 3;

    private static readonly TimeSpan s_longOffer = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_shortOffer = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_rescan = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_recount = TimeSpan.FromSeconds(5);

    private readonly AccountingOutbox _outbox;
    private readonly OutboxStore _store;
    private readonly IAccountingServers _servers;
    private readonly AccountingJournal _journal;
    private readonly TimeProvider _time;
    private readonly AccountingOptions _options;
    private readonly DeliveryLanes _lanes;
    private readonly SendWindow _window;
    private readonly ConcurrentQueue<(AccountingRecord Record, Delivery? Delivery)> _ended = [];
    private readonly List<SettledRecord> _settled = [];
    private readonly Queue<AccountingRecord> _read = [];
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (Task<WriteStatus> Task, SettledRecord[] Records)? _deleting;
    private long _cursor;
    private long _scannedAt;
    private long _countedAt;
    private long _pausedUntil;
    private bool _isRead;
    private int _sending;
    private volatile bool _isStopping;

    public AccountingSender(AccountingOutbox outbox, OutboxStore store, IAccountingServers servers, IOptions<AccountingOptions> options, AccountingJournal journal, TimeProvider time)
    {
        (_outbox, _store, _servers, _journal, _time) = (outbox, store, servers, journal, time);
        _options = options.Value;
        _lanes = new DeliveryLanes(time.TimestampFrequency, _options.LongestPause);
        _window = new SendWindow(time);
        _scannedAt = _countedAt = _pausedUntil = time.GetTimestamp();
    }

    /// <summary>Sends what is left as long as it is acknowledged, but not for longer than the settings say; what then still waits is in the database.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        _outbox.Wake();
        if (ExecuteTask is { IsCompleted: false })
        {
            // By the machine's clock: whoever stops the process waits by that.
            await _drained.Task.WaitAsync(_options.StopPatience, TimeProvider.System, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        using var limit = StopLimit.Begin();
        await base.StopAsync(limit.Token).ConfigureAwait(false);
        await DeleteRestAsync(limit.Token).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_outbox.IsEnabled)
        {
            return;
        }

        // Whatever happens is a signal: a new record, the end of an exchange or of a deletion, the time of the next offer.
        var timer = _time.CreateTimer(_ => _outbox.Wake(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await PassAsync(stoppingToken).ConfigureAwait(false);
                    Set(timer);
                    await _outbox.WaitAsync(stoppingToken).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception exception)
                {
                    _journal.PassFailed(exception);
                    _pausedUntil = After(s_again);
                    timer.Change(s_again, Timeout.InfiniteTimeSpan);
                    await _outbox.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
    }

    private async Task PassAsync(CancellationToken stoppingToken)
    {
        TakeEnded();
        await TakeDeletedAsync().ConfigureAwait(false);
        Delete();
        if (_time.GetTimestamp() >= _pausedUntil)
        {
            await ReadAsync(stoppingToken).ConfigureAwait(false);
            await CountAsync(stoppingToken).ConfigureAwait(false);
        }

        DeliveryTrace? trace = null;
        while (_sending < _window.Size && _lanes.TryTake(_time.GetTimestamp(), _window.Share, out var record, out var attempts, newestFirst: _journal.IsSilent || _window.IsNarrow))
        {
            _sending++;
            _journal.Offered(again: attempts > 0);
            trace ??= DeliveryTrace.Begin();
            var offer = OfferAsync(record, attempts, stoppingToken);
            trace?.Add(offer);
        }

        trace?.End();

        if (_isStopping && (IsDrained() || _journal.IsSilent))
        {
            _drained.TrySetResult();
        }
    }

    private async Task OfferAsync(AccountingRecord record, int attempts, CancellationToken stoppingToken)
    {
        Delivery? delivery = null;
        try
        {
            delivery = await _servers.OfferAsync(
                record.ServerName,
                (packet, nasAddress) => RecordPacket.Fill(packet, record, _outbox.Gateway, nasAddress, _options.SendDelayTime ? _time.GetUtcNow() - record.EventAt : null),
                Limit(attempts),
                stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The record stays in the database.
        }
        catch (Exception exception)
        {
            // A bug with one record must not lose its place, nor the others theirs.
            _journal.OfferFailed(record, exception);
            delivery = new Delivery(false, exception.Message);
        }

        _ended.Enqueue((record, delivery));
        _outbox.Wake();
    }

    /// <summary>
    /// How long an answer is waited for. Less where all servers are dead, for others wait for the place; but now and then as long, or a
    /// server that needs longer than the short wait would never be heard again and would write the record down again and again.
    /// </summary>
    private TimeSpan Limit(int attempts) =>
        (attempts == 0 && !_journal.IsSilent) || attempts % EveryLong == EveryLong - 1 || _servers.Health.Any(server => server.State != ServerState.Dead) ? s_longOffer : s_shortOffer;

    private void TakeEnded()
    {
        while (_ended.TryDequeue(out var ended))
        {
            _sending--;
            var (record, delivery) = ended;
            var now = _time.GetTimestamp();
            if (delivery is { IsAcknowledged: true })
            {
                _window.Acknowledged();
                _lanes.Done(record, now);
                _settled.Add(SettledRecord.Of(record, delivery, _time.GetUtcNow()));
                if (_journal.Acknowledged() && _lanes.WakeAll(now))
                {
                    ReadAnew();
                }
            }
            else if (delivery is not null)
            {
                var miss = _lanes.Missed(record, now, Random.Shared.NextDouble());
                if (miss.IsTelling)
                {
                    _window.Missed();
                    _journal.Missed(delivery.Problem ?? "", Telling);
                }
            }
        }

        if (_lanes.TakeGivenUp(MostOffersOfWhole, _time.GetTimestamp()) is { } givenUp)
        {
            // Not set aside: nobody can mend it, and a late one would end the sessions that have begun since.
            _settled.Add(new SettledRecord(givenUp.Id, null));
            _journal.GivenUp(givenUp);
        }

        _settled.AddRange(_lanes.TakeSuperseded().Select(id => new SettledRecord(id, null)));
    }

    /// <summary>Fills the memory from the database. Now and then from the beginning, so that nothing is overlooked: a missed signal, a record that was put back.</summary>
    private async Task ReadAsync(CancellationToken stoppingToken)
    {
        var isNew = _outbox.TakeNew();
        if (_time.GetElapsedTime(_scannedAt) >= s_rescan)
        {
            isNew = true;
            Rescan();
        }

        _isRead &= !isNew;
        while (TryAddRead() && !_isRead && HasRoom())
        {
            var page = await _store.ReadAsync(_cursor, Page, stoppingToken).ConfigureAwait(false);
            if (page.Damaged.Count > 0)
            {
                await SetAsideAsync(page.Damaged, stoppingToken).ConfigureAwait(false);
            }

            (_cursor, _isRead) = (page.Last, page.IsEnd);
            foreach (var record in page.Records)
            {
                _read.Enqueue(record);
            }
        }

        if (_isRead && _read.Count == 0)
        {
            _lanes.ReadToEnd();
        }
    }

    /// <summary>Looks from the beginning again; but where the memory is full and nobody is acknowledged, at what is behind: it may be the one that is.</summary>
    private void Rescan()
    {
        if (!HasRoom() && _journal.IsSilent)
        {
            _lanes.MakeRoom(Page);
            _scannedAt = _time.GetTimestamp();
            return;
        }

        _lanes.Recall(_time.GetTimestamp());
        ReadAnew();
    }

    private void ReadAnew()
    {
        (_cursor, _scannedAt, _isRead) = (0, _time.GetTimestamp(), false);
        _read.Clear();
    }

    private bool HasRoom() => _lanes.Count <= DeliveryLanes.Capacity - Page;

    /// <summary>Returns false when one must wait for those before it.</summary>
    private bool TryAddRead()
    {
        var now = _time.GetTimestamp();
        while (_read.TryPeek(out var record))
        {
            if (!_lanes.TryAdd(record, now))
            {
                return false;
            }

            _read.Dequeue();
        }

        return true;
    }

    private async Task SetAsideAsync(IReadOnlyList<(long Id, string Reason)> rows, CancellationToken stoppingToken)
    {
        // Where that cannot be recorded now they are met again at the next look from the beginning.
        _lanes.Forget(rows.Select(row => row.Id));
        if (await _store.SetAsideAsync(rows, stoppingToken).ConfigureAwait(false) == WriteStatus.Committed)
        {
            _journal.SetAside(rows);
        }
    }

    private async Task CountAsync(CancellationToken stoppingToken)
    {
        if (_time.GetElapsedTime(_countedAt) < s_recount)
        {
            return;
        }

        _countedAt = _time.GetTimestamp();
        var (waiting, oldestAt) = await _store.CountAsync(stoppingToken).ConfigureAwait(false);
        _journal.Counted(waiting, oldestAt);
    }

    /// <summary>Deletes what was acknowledged while the last deletion ran, in one transaction: the faster it goes, the more go together.</summary>
    private void Delete()
    {
        if (_deleting is not null || _settled.Count == 0 || _time.GetTimestamp() < _pausedUntil)
        {
            return;
        }

        var records = _settled.GetRange(0, Math.Min(MostDeletedAtOnce, _settled.Count)).ToArray();
        _settled.RemoveRange(0, records.Length);
        var task = _store.DeleteAsync(records, CancellationToken.None);
        _deleting = (task, records);
        _ = task.ContinueWith(_ => _outbox.Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task TakeDeletedAsync()
    {
        if (_deleting is not { Task.IsCompleted: true } deleting)
        {
            return;
        }

        _deleting = null;
        if (deleting.Task.IsCompletedSuccessfully && await deleting.Task.ConfigureAwait(false) == WriteStatus.Committed)
        {
            _lanes.Forget(deleting.Records.Select(record => record.Id));
            return;
        }

        // They are acknowledged all the same; the database will take it later.
        _settled.AddRange(deleting.Records);
        _pausedUntil = After(s_again);
    }

    /// <summary>What was acknowledged before the stop need not be sent again after it.</summary>
    private async Task DeleteRestAsync(CancellationToken cancellationToken)
    {
        if (_deleting is { } deleting)
        {
            await ((Task)deleting.Task).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        while (_ended.TryDequeue(out var ended))
        {
            if (ended.Delivery is { IsAcknowledged: true } delivery)
            {
                _settled.Add(SettledRecord.Of(ended.Record, delivery, _time.GetUtcNow()));
            }
        }

        foreach (var records in _settled.Chunk(MostDeletedAtOnce))
        {
            await _store.DeleteAsync(records, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsDrained() => _isRead && _read.Count == 0 && _lanes.Unacknowledged == 0 && _settled.Count == 0 && _deleting is null;

    private void Set(ITimer timer)
    {
        var next = After(_lanes.Unacknowledged > 0 || _journal.Waits ? s_recount : s_rescan);
        next = Math.Min(next, _sending < _window.Size ? _lanes.NextDue(_window.Share) : next);
        var now = _time.GetTimestamp();
        if (_pausedUntil > now)
        {
            next = Math.Min(next, _pausedUntil);
        }

        if (next <= now)
        {
            _outbox.Wake();
            return;
        }

        timer.Change(TimeSpan.FromSeconds((double)(next - now) / _time.TimestampFrequency), Timeout.InfiniteTimeSpan);
    }

    private long After(TimeSpan span) => _time.GetTimestamp() + (long)(span.TotalSeconds * _time.TimestampFrequency);
}
