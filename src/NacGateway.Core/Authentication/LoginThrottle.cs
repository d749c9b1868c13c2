using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Authentication;

/// <summary>
/// Slows guessing by user and by client. Decides in memory, which is bounded, and writes what it counted to the database, so that a
/// restart forgives nothing. Safe for concurrent use.
/// </summary>
internal sealed partial class LoginThrottle(GatewayWriter writer, IDbContextFactory<GatewayDbContext> contexts, IOptions<ThrottleOptions> options, TimeProvider timeProvider, ILogger<LoginThrottle> log)
{
    /// <summary>Most keys in memory: about 20 MB.</summary>
    public const int Capacity = 100_000;

    /// <summary>What is told to whoever comes while as many tries as allowed are under way.</summary>
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(10);

    /// <summary>How soon after a look at the database the next one for the same key follows.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly ThrottleOptions _options = options.Value;
    private readonly Lock _lock = new();
    private readonly ThrottleTable _counters = new(Capacity);
    private readonly ForgivenKeys _forgiven = new(contexts);

    /// <summary>Whose failures it counts.</summary>
    public ThrottleKeys Keys { get; init; } = ThrottleKeys.Portal;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _counters.Count;
            }
        }
    }

    /// <summary>Reads what was counted before a restart.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var entries = await database.Set<ThrottleEntry>().AsNoTracking()
                .Where(entry => entry.WindowEndsAt > now || entry.BlockedUntil > now)
                .OrderBy(entry => entry.WindowEndsAt)
                .Take(Capacity)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            lock (_lock)
            {
                foreach (var entry in entries.Where(entry => !ForgivenKeys.IsMark(entry)))
                {
                    _counters.Remove(entry.Key);
                    _counters.Add(entry.Key, ThrottleCounter.From(entry, now), now);
                }
            }
        }
    }

    /// <summary>
    /// Takes over what another gateway on the same database forgave a user or a client, if anything counts against them here. Without an
    /// answer of the database what is counted stands.
    /// </summary>
    public async Task RecallAsync(string userName, IPAddress client, CancellationToken cancellationToken)
    {
        List<string> keys = [];
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            foreach (var key in (string[])[Keys.OfUser(userName), Keys.OfClient(client)])
            {
                if (Find(key) is { } counter && counter.FailedAt != default && now - counter.LookedAt >= LookInterval)
                {
                    counter.LookedAt = now;
                    keys.Add(key);
                }
            }
        }

        if (keys.Count == 0)
        {
            return;
        }

        try
        {
            Take(await _forgiven.ReadAsync(keys, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (WriteTransaction.IsEnvironment(exception))
        {
            Log.NotRecalled(log, exception.GetBaseException().Message);
        }
    }

    /// <summary>Asks for a try. Returns the ticket, or until when none is allowed.</summary>
    /// <param name="userName">User-Name as typed.</param>
    /// <param name="client">The client's address.</param>
    /// <param name="until">When to come back.</param>
    /// <param name="passesUser">
    /// Whether the user is known at this client, and so need not wait for what others tried in that name elsewhere: otherwise anybody could
    /// lock a user out. The client's own failures count as always.
    /// </param>
    public ThrottleTicket? TryEnter(string userName, IPAddress client, out DateTimeOffset until, bool passesUser = false)
    {
        var ticket = new ThrottleTicket(Keys.OfUser(userName), Keys.OfClient(client), passesUser);
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            var ofUser = passesUser ? null : Find(ticket.UserKey)?.Forbidden(now, _options.UserFailures, ShortWait);
            var ofClient = Find(ticket.ClientKey)?.Forbidden(now, _options.ClientFailures, ShortWait);
            if (ofUser is not null || ofClient is not null)
            {
                until = ofUser is null || ofClient > ofUser ? ofClient!.Value : ofUser.Value;
                return null;
            }

            _counters.GetOrAdd(ticket.ClientKey, now).UnderWay++;
            if (!passesUser)
            {
                _counters.GetOrAdd(ticket.UserKey, now).UnderWay++;
            }
        }

        until = default;
        return ticket;
    }

    /// <summary>Until when a try would have to wait now; null where it need not. Takes no ticket.</summary>
    public DateTimeOffset? Forbidden(string userName, IPAddress client)
    {
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            var ofUser = Find(Keys.OfUser(userName))?.Forbidden(now, _options.UserFailures, ShortWait);
            var ofClient = Find(Keys.OfClient(client))?.Forbidden(now, _options.ClientFailures, ShortWait);
            return ofUser is null || ofClient > ofUser ? ofClient : ofUser;
        }
    }

    /// <summary>Whether it is the user alone, not the client, for whom a try is forbidden now.</summary>
    public bool IsOnlyUserForbidden(string userName, IPAddress client)
    {
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            return Find(Keys.OfUser(userName))?.Forbidden(now, _options.UserFailures, ShortWait) is not null
                && Find(Keys.OfClient(client))?.Forbidden(now, _options.ClientFailures, ShortWait) is null;
        }
    }

    /// <summary>Ends a try. What it changed is durable when this returns, unless the database refused it; memory knows it in any case.</summary>
    public async Task LeaveAsync(ThrottleTicket ticket, ThrottleVerdict verdict, CancellationToken cancellationToken)
    {
        List<ThrottleEntry> changed = [];
        Task<WriteStatus> written;
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            var ofClient = _counters.GetOrAdd(ticket.ClientKey, now);
            ofClient.UnderWay = Math.Max(0, ofClient.UnderWay - 1);
            if (verdict == ThrottleVerdict.Failure)
            {
                ofClient.Fail(now, _options.ClientFailures, _options);
                changed.Add(ToEntry(ticket.ClientKey, ofClient));
            }

            // Who passed the user's block leaves it in place for all others: success there is none of theirs.
            if (!ticket.PassesUser && LeaveUser(ticket.UserKey, verdict, now) is { } entry)
            {
                changed.Add(entry);
            }

            _counters.RemoveIdle(ticket.UserKey, now);
            _counters.RemoveIdle(ticket.ClientKey, now);

            // Queued before the lock is let go, or an older count could overtake a newer one on its way to the database.
            written = changed.Count == 0
                ? Task.FromResult(WriteStatus.Committed)
                : writer.WriteAsync((database, token) => SaveAsync(database, changed, token), committed: null, cancellationToken, [.. changed.Select(entry => entry.Key)]);
        }

        try
        {
            if (await written.ConfigureAwait(false) is var status and not WriteStatus.Committed)
            {
                Log.NotRecorded(log, status);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The sign-in has its outcome already, and whoever made it must hear of that one.
            Log.RecordingFailed(log, exception);
        }
    }

    /// <summary>How it stands with a key, here or at the gateway on the same database that counted last.</summary>
    public async Task<LoginLock> LookAsync(string key, CancellationToken cancellationToken)
    {
        var standing = await _forgiven.ReadAsync([key], cancellationToken).ConfigureAwait(false);
        Take(standing);
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            var (here, there) = (Find(key), standing is [{ Count: { } count }] ? ThrottleCounter.From(count, now) : null);
            return new LoginLock(
                Math.Max(here?.WindowEndsAt > now ? here.Failures : 0, there?.WindowEndsAt > now ? there.Failures : 0),
                new[] { here?.BlockedUntil, there?.BlockedUntil }.Where(until => until > now).Max());
        }
    }

    /// <summary>Forgives a key all that was counted, at all gateways on the same database; tries that are under way count on.</summary>
    /// <exception cref="StorageUnavailableException">It is forgiven in memory, but the database did not take it: after a restart it counts again.</exception>
    public async Task ForgiveAsync(string key, CancellationToken cancellationToken)
    {
        Task<WriteStatus> written;
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            if (Find(key) is { } counter)
            {
                counter.Reset();
                _counters.RemoveIdle(key, now);
            }

            written = writer.WriteAsync((database, token) => ForgivenKeys.WriteAsync(database, key, now, _options, token), committed: null, cancellationToken, [key]);
        }

        if (await written.ConfigureAwait(false) is not WriteStatus.Committed)
        {
            throw new StorageUnavailableException();
        }
    }

    /// <summary>Forgets in memory and in the database what no longer counts.</summary>
    public async Task PruneAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            _counters.RemoveIdle(now);
        }

        await writer.WriteAsync(
            (database, token) => database.Set<ThrottleEntry>().Where(entry => entry.WindowEndsAt <= now && (entry.BlockedUntil == null || entry.BlockedUntil <= now)).ExecuteDeleteAsync(token),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgives here what was forgiven elsewhere after it was counted.</summary>
    private void Take(IReadOnlyList<KeyStanding> standings)
    {
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            foreach (var standing in standings)
            {
                if (Find(standing.Key) is { } counter && standing.ForgivenAt >= counter.FailedAt)
                {
                    counter.Reset();
                    _counters.RemoveIdle(standing.Key, now);
                }
            }
        }
    }

    /// <summary>Counts a try for its user; null when nothing is to be recorded. The lock is held.</summary>
    private ThrottleEntry? LeaveUser(string key, ThrottleVerdict verdict, DateTimeOffset now)
    {
        var ofUser = _counters.GetOrAdd(key, now);
        ofUser.UnderWay = Math.Max(0, ofUser.UnderWay - 1);
        switch (verdict)
        {
            case ThrottleVerdict.Failure:
                ofUser.Fail(now, _options.UserFailures, _options);
                return ToEntry(key, ofUser);
            case ThrottleVerdict.Success when ofUser.WindowEndsAt != default:
                ofUser.Reset();
                return ToEntry(key, ofUser);
            default:
                return null;
        }
    }

    private static ThrottleEntry ToEntry(string key, ThrottleCounter counter) =>
        new() { Key = key, Failures = counter.Failures, WindowEndsAt = counter.WindowEndsAt, BlockedUntil = counter.BlockedUntil };

    private static async Task SaveAsync(GatewayDbContext database, List<ThrottleEntry> changed, CancellationToken cancellationToken)
    {
        foreach (var entry in changed)
        {
            var stored = await database.Set<ThrottleEntry>().AsTracking().SingleOrDefaultAsync(row => row.Key == entry.Key, cancellationToken).ConfigureAwait(false);
            if (stored is null)
            {
                database.Add(entry);
            }
            else
            {
                stored.Failures = entry.Failures;
                stored.WindowEndsAt = entry.WindowEndsAt;
                stored.BlockedUntil = entry.BlockedUntil;
            }
        }
    }

    private ThrottleCounter? Find(string key) => _counters.TryGet(key, out var counter) ? counter : null;

    private static partial class Log
    {
        [LoggerMessage(2524, LogLevel.Warning, "Failed sign-ins were counted but not recorded ({Status}): after a restart they are forgiven. See what the database said before this line.")]
        public static partial void NotRecorded(ILogger logger, WriteStatus status);

        [LoggerMessage(2527, LogLevel.Warning, "The database could not be asked whether another gateway forgave failed sign-ins, which count on here: {Reason}")]
        public static partial void NotRecalled(ILogger logger, string reason);

        [LoggerMessage(2525, LogLevel.Error, "Failed sign-ins were counted, but a fault kept them from being recorded: after a restart they are forgiven")]
        public static partial void RecordingFailed(ILogger logger, Exception exception);
    }
}
