using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Authentication;

/// <summary>
/// Slows guessing by user and by client. Decides in memory, which is bounded, and writes what it counted to the database, so that a
/// restart forgives nothing. Safe for concurrent use.
/// </summary>
internal sealed class LoginThrottle(GatewayWriter writer, IDbContextFactory<GatewayDbContext> contexts, IOptions<ThrottleOptions> options, TimeProvider timeProvider)
{
    /// <summary>Most keys in memory: about 20 MB.</summary>
    public const int Capacity = 100_000;

    /// <summary>What is told to whoever comes while as many tries as allowed are under way.</summary>
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(10);

    private readonly ThrottleOptions _options = options.Value;
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, ThrottleCounter> _counters = new(StringComparer.Ordinal);

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
                entries.ForEach(entry => _counters[entry.Key] = ThrottleCounter.From(entry));
            }
        }
    }

    /// <summary>Asks for a try. Returns the ticket, or until when none is allowed.</summary>
    public ThrottleTicket? TryEnter(string userName, IPAddress client, out DateTimeOffset until)
    {
        var ticket = new ThrottleTicket(ThrottleKeys.OfUser(userName), ThrottleKeys.OfClient(client));
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            var ofUser = _counters.GetValueOrDefault(ticket.UserKey)?.Forbidden(now, _options.UserFailures, ShortWait);
            var ofClient = _counters.GetValueOrDefault(ticket.ClientKey)?.Forbidden(now, _options.ClientFailures, ShortWait);
            if (ofUser is not null || ofClient is not null)
            {
                until = ofUser is null || ofClient > ofUser ? ofClient!.Value : ofUser.Value;
                return null;
            }

            GetOrAdd(ticket.UserKey, now).UnderWay++;
            GetOrAdd(ticket.ClientKey, now).UnderWay++;
        }

        until = default;
        return ticket;
    }

    /// <summary>Ends a try. What it changed is durable when this returns, unless the database refused it; memory knows it in any case.</summary>
    public async Task LeaveAsync(ThrottleTicket ticket, ThrottleVerdict verdict, CancellationToken cancellationToken)
    {
        List<ThrottleEntry> changed = [];
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            var ofUser = GetOrAdd(ticket.UserKey, now);
            var ofClient = GetOrAdd(ticket.ClientKey, now);
            ofUser.UnderWay = Math.Max(0, ofUser.UnderWay - 1);
            ofClient.UnderWay = Math.Max(0, ofClient.UnderWay - 1);
            if (verdict == ThrottleVerdict.Failure)
            {
                ofUser.Fail(now, _options.UserFailures, _options);
                ofClient.Fail(now, _options.ClientFailures, _options);
                changed.Add(ToEntry(ticket.ClientKey, ofClient));
            }

            if (verdict == ThrottleVerdict.Failure || (verdict == ThrottleVerdict.Success && ofUser.WindowEndsAt != default))
            {
                if (verdict == ThrottleVerdict.Success)
                {
                    ofUser.Reset();
                }

                changed.Add(ToEntry(ticket.UserKey, ofUser));
            }

            RemoveIdle(ticket.UserKey, now);
            RemoveIdle(ticket.ClientKey, now);
        }

        if (changed.Count != 0)
        {
            await writer.WriteAsync((database, token) => SaveAsync(database, changed, token), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Forgets in memory and in the database what no longer counts.</summary>
    public async Task PruneAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            foreach (var key in _counters.Where(counter => counter.Value.IsIdle(now)).Select(counter => counter.Key).ToList())
            {
                _counters.Remove(key);
            }
        }

        await writer.WriteAsync(
            (database, token) => database.Set<ThrottleEntry>().Where(entry => entry.WindowEndsAt <= now && (entry.BlockedUntil == null || entry.BlockedUntil <= now)).ExecuteDeleteAsync(token),
            cancellationToken).ConfigureAwait(false);
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

    private void RemoveIdle(string key, DateTimeOffset now)
    {
        if (_counters.TryGetValue(key, out var counter) && counter.IsIdle(now))
        {
            _counters.Remove(key);
        }
    }

    /// <summary>When full, the oldest key is forgotten: a flood of made-up names must not fill the memory.</summary>
    private ThrottleCounter GetOrAdd(string key, DateTimeOffset now)
    {
        if (_counters.TryGetValue(key, out var counter))
        {
            return counter;
        }

        if (_counters.Count >= Capacity)
        {
            int oldest = 0;
            while (oldest < _counters.Count - 1 && _counters.GetAt(oldest).Value is { } old && old.BlockedUntil > now)
            {
                oldest++;
            }

            _counters.RemoveAt(oldest);
        }

        return _counters[key] = new ThrottleCounter();
    }
}
