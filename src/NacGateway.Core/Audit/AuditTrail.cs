using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Audit;

/// <summary>Reads the audit trail. Safe for concurrent use.</summary>
public sealed class AuditTrail(IDbContextFactory<GatewayDbContext> contexts)
{
    /// <summary>Lines that are read at once: an export of any length needs no more memory, and holds no lock on the database in between.</summary>
    private const int Batch = 1000;

    /// <summary>Lines among which facets are looked for.</summary>
    private const int Recent = 2000;

    /// <summary>How far back one line is looked for.</summary>
    private const int LookedBack = 100_000;

    /// <summary>Longest text that is looked for: that of the longest column but the detail.</summary>
    private const int LongestText = 253;

    /// <summary>Lines that fit, the newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="before">Only lines with a smaller number; null for the newest.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<IReadOnlyList<AuditRecord>> PageAsync(AuditFilter filter, long? before, int take, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await Matching(database, filter).Where(line => before == null || line.Sequence < before)
                .OrderByDescending(line => line.Sequence).Take(take).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Lines that fit with a larger number: those next to it, the newest first.</summary>
    public async Task<IReadOnlyList<AuditRecord>> PageAfterAsync(AuditFilter filter, long after, int take, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var lines = await Matching(database, filter).Where(line => line.Sequence > after).OrderBy(line => line.Sequence).Take(take).ToListAsync(cancellationToken).ConfigureAwait(false);
            lines.Reverse();
            return lines;
        }
    }

    /// <summary>All lines that fit, the newest first, read in batches.</summary>
    public async IAsyncEnumerable<AuditRecord> StreamAsync(AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long? before = null;
        for (; ; )
        {
            var lines = await PageAsync(filter, before, Batch, cancellationToken).ConfigureAwait(false);
            foreach (var line in lines)
            {
                yield return line;
            }

            if (lines.Count < Batch)
            {
                yield break;
            }

            before = lines[^1].Sequence;
        }
    }

    /// <summary>A line by its number; null for none.</summary>
    public async Task<AuditRecord?> FindAsync(long sequence, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<AuditRecord>().AsNoTracking().SingleOrDefaultAsync(line => line.Sequence == sequence, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The newest line of an act among the last hundred thousand; null for none: the trail is not read to its beginning for it.</summary>
    public async Task<AuditRecord?> LastAsync(string action, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var lines = database.Set<AuditRecord>().AsNoTracking();
            var first = (await lines.MaxAsync(line => (long?)line.Sequence, cancellationToken).ConfigureAwait(false) ?? 0) - LookedBack;
            return await lines.Where(line => line.Sequence > first && line.Action == action).OrderByDescending(line => line.Sequence).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a line is what was written, for all that it says itself; that none is missing beside it is for <see cref="AuditVerification"/>.</summary>
    public static bool IsAsWritten(AuditRecord line) => AuditChain.Holds(line);

    /// <summary>How many lines fit, counted up to a bound.</summary>
    public async Task<long> CountAsync(AuditFilter filter, int most, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await Matching(database, filter).OrderByDescending(line => line.Sequence).Take(most).LongCountAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Who did what lately, to choose from.</summary>
    public async Task<(IReadOnlyList<string> Actors, IReadOnlyList<string> Actions)> RecentAsync(CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var lines = await database.Set<AuditRecord>().AsNoTracking().OrderByDescending(line => line.Sequence).Take(Recent)
                .Select(line => new { line.Actor, line.Action }).ToListAsync(cancellationToken).ConfigureAwait(false);
            return ([.. lines.Select(line => line.Actor).Distinct(StringComparer.Ordinal).Take(50).Order(StringComparer.OrdinalIgnoreCase)], [.. lines.Select(line => line.Action).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        }
    }

    private static IQueryable<AuditRecord> Matching(GatewayDbContext database, AuditFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var lines = database.Set<AuditRecord>().AsNoTracking();
        lines = filter.From is { } from ? lines.Where(line => line.At >= from) : lines;
        lines = filter.To is { } to ? lines.Where(line => line.At < to) : lines;
        string[] actors = Clean(filter.Actors), actions = Clean(filter.Actions), outcomes = Clean(filter.Outcomes);
        lines = actors.Length > 0 ? lines.Where(line => actors.Contains(line.Actor)) : lines;
        lines = actions.Length > 0 ? lines.Where(line => actions.Contains(line.Action)) : lines;
        lines = outcomes.Length > 0 ? lines.Where(line => outcomes.Contains(line.Outcome)) : lines;
        if (filter.Kinds.Count is > 0 and < 3)
        {
            bool auth = filter.Kinds.Contains(AuditKind.Auth), system = filter.Kinds.Contains(AuditKind.System), admin = filter.Kinds.Contains(AuditKind.Admin);
            lines = lines.Where(line => line.Action.StartsWith("access.") ? auth : line.Actor == "gateway" ? system : admin);
        }

        if (filter.Text is { Length: > 0 } text)
        {
            var part = AuditLog.Clean(text, LongestText)!.ToUpperInvariant();
            lines = lines.Where(Contains(part));
        }

        return lines;
    }

    /// <summary>As the columns hold it: PostgreSQL takes no NUL, not even to look for one.</summary>
    private static string[] Clean(IReadOnlyList<string> values) => [.. values.Select(value => AuditLog.Clean(value, LongestText)!)];

    /// <summary>The database's own upper case: of SQLite that of ASCII.</summary>
#pragma warning disable CA1304 // The database does it, and knows no cultures.
#pragma warning disable CA1311 // The database does it, and knows no cultures.
#pragma warning disable CA1862 // The database does it, and knows no kinds of comparison.
    private static Expression<Func<AuditRecord, bool>> Contains(string part) => line =>
        line.Actor.ToUpper().Contains(part) || (line.Target != null && line.Target.ToUpper().Contains(part))
        || (line.Detail != null && line.Detail.ToUpper().Contains(part)) || (line.Source != null && line.Source.ToUpper().Contains(part));
#pragma warning restore CA1304, CA1311, CA1862
}
