using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Audit;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Administration;

/// <summary>
/// The lists that administrators have kept under names; those that one shares all of them see. Who may do what with which is for the desk to
/// decide. A change and its line in the audit trail are one transaction. Safe for concurrent use.
/// </summary>
public sealed class SavedViews(AuditLog audit, IDbContextFactory<GatewayDbContext> contexts, TimeProvider time)
{
    /// <summary>Views of one administrator at once.</summary>
    public const int Most = 100;

    /// <summary>Shared views of all administrators at once: a menu of them must stay a menu.</summary>
    public const int MostShared = 100;

    /// <summary>Longest name of a view.</summary>
    public const int LongestName = 64;

    /// <summary>Longest query of a view.</summary>
    public const int LongestQuery = 1000;

    /// <summary>How long a deleted view can be taken back.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>His views, by page and by name; the deleted ones only where they are asked for.</summary>
    public Task<IReadOnlyList<SavedView>> ListAsync(string owner, bool deleted, CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - Kept;
        return ReadAsync(views => views.Where(view => view.Owner == owner && (deleted ? view.DeletedAt > oldest : view.DeletedAt == null)), Most, cancellationToken);
    }

    /// <summary>The views that administrators share, by page and by name.</summary>
    public Task<IReadOnlyList<SavedView>> SharedAsync(CancellationToken cancellationToken) =>
        ReadAsync(views => views.Where(view => view.Shared && view.DeletedAt == null), MostShared, cancellationToken);

    /// <summary>What he sees of one page: his own views, and those that others share, by name.</summary>
    public Task<IReadOnlyList<SavedView>> OfPageAsync(string owner, string page, CancellationToken cancellationToken) =>
        ReadAsync(views => views.Where(view => view.Page == page && view.DeletedAt == null && (view.Owner == owner || view.Shared)), Most + MostShared, cancellationToken);

    /// <summary>A view, whosever it is, deleted or not; null for none.</summary>
    public async Task<SavedView?> FindAsync(long id, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<SavedView>().AsNoTracking().SingleOrDefaultAsync(view => view.Id == id, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps one. One of the same page and name is put in its place: whoever saves again means that.</summary>
    /// <returns>What came of it, and the view where it is done.</returns>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    public async Task<(SavedViewOutcome Outcome, SavedView? View)> SaveAsync(string owner, string page, SavedViewText text, AuditEntry line, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        SavedView? saved = null;
        var outcome = await ActAsync(
            line,
            async (database, ct) =>
            {
                var (now, oldest) = (time.GetUtcNow(), time.GetUtcNow() - Kept);
                await database.Set<SavedView>().Where(view => view.DeletedAt <= oldest).ExecuteDeleteAsync(ct).ConfigureAwait(false);
                var open = Open(database, owner);
                saved = await open.AsTracking().FirstOrDefaultAsync(view => view.Page == page && view.Name == text.Name, ct).ConfigureAwait(false);
                if (saved is null && await open.CountAsync(ct).ConfigureAwait(false) >= Most)
                {
                    return SavedViewOutcome.TooMany;
                }

                if (text.Shared == true && saved is not { Shared: true } && await IsFullAsync(database, ct).ConfigureAwait(false))
                {
                    return SavedViewOutcome.TooManyShared;
                }

                if (saved is null)
                {
                    saved = new SavedView { Owner = owner, Page = page, Name = text.Name, Query = text.Query, Shared = text.Shared == true, CreatedAt = now };
                    database.Add(saved);
                }
                else
                {
                    (saved.Query, saved.Shared) = (text.Query, text.Shared ?? saved.Shared);
                }

                // With its key, which the database gives.
                await database.SaveChangesAsync(ct).ConfigureAwait(false);
                return SavedViewOutcome.Done;
            },
            cancellationToken).ConfigureAwait(false);
        return (outcome, outcome == SavedViewOutcome.Done ? saved : null);
    }

    /// <summary>Changes one that is still as it was seen.</summary>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    public Task<SavedViewOutcome> ChangeAsync(SavedView seen, SavedViewText text, AuditEntry line, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(text);
        return ActAsync(
            line,
            async (database, ct) =>
            {
                var open = Open(database, seen.Owner);
                var view = await open.AsTracking()
                    .SingleOrDefaultAsync(view => view.Id == seen.Id && view.Name == seen.Name && view.Query == seen.Query && view.Shared == seen.Shared, ct).ConfigureAwait(false);
                if (view is null)
                {
                    return SavedViewOutcome.NotFound;
                }

                if (await open.AnyAsync(other => other.Id != seen.Id && other.Page == seen.Page && other.Name == text.Name, ct).ConfigureAwait(false))
                {
                    return SavedViewOutcome.NameTaken;
                }

                if (text.Shared == true && !view.Shared && await IsFullAsync(database, ct).ConfigureAwait(false))
                {
                    return SavedViewOutcome.TooManyShared;
                }

                (view.Name, view.Query, view.Shared) = (text.Name, text.Query, text.Shared ?? view.Shared);
                return SavedViewOutcome.Done;
            },
            cancellationToken);
    }

    /// <summary>Deletes one so that it can be taken back.</summary>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    public Task<SavedViewOutcome> DeleteAsync(long id, AuditEntry line, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return ActAsync(
            line,
            async (database, ct) => await database.Set<SavedView>().Where(view => view.Id == id && view.DeletedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(view => view.DeletedAt, now), ct).ConfigureAwait(false) == 1
                ? SavedViewOutcome.Done
                : SavedViewOutcome.NotFound,
            cancellationToken);
    }

    /// <summary>Takes a deleted one back, if there is room for it and its name is free.</summary>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    public Task<SavedViewOutcome> RestoreAsync(long id, AuditEntry line, CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - Kept;
        return ActAsync(
            line,
            async (database, ct) =>
            {
                if (await database.Set<SavedView>().AsTracking().SingleOrDefaultAsync(view => view.Id == id && view.DeletedAt > oldest, ct).ConfigureAwait(false) is not { } view)
                {
                    return SavedViewOutcome.NotFound;
                }

                var open = Open(database, view.Owner);
                if (await open.AnyAsync(other => other.Page == view.Page && other.Name == view.Name, ct).ConfigureAwait(false))
                {
                    return SavedViewOutcome.NameTaken;
                }

                if (await open.CountAsync(ct).ConfigureAwait(false) >= Most)
                {
                    return SavedViewOutcome.TooMany;
                }

                if (view.Shared && await IsFullAsync(database, ct).ConfigureAwait(false))
                {
                    return SavedViewOutcome.TooManyShared;
                }

                view.DeletedAt = null;
                return SavedViewOutcome.Done;
            },
            cancellationToken);
    }

    private static IQueryable<SavedView> Open(GatewayDbContext database, string owner) => database.Set<SavedView>().Where(view => view.Owner == owner && view.DeletedAt == null);

    private static async Task<bool> IsFullAsync(GatewayDbContext database, CancellationToken cancellationToken) =>
        await database.Set<SavedView>().CountAsync(view => view.Shared && view.DeletedAt == null, cancellationToken).ConfigureAwait(false) >= MostShared;

    private async Task<IReadOnlyList<SavedView>> ReadAsync(Func<IQueryable<SavedView>, IQueryable<SavedView>> which, int most, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await which(database.Set<SavedView>().AsNoTracking()).OrderBy(view => view.Page).ThenBy(view => view.Name).ThenBy(view => view.Id).Take(most).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Where nothing came of it there is no line.</summary>
    private async Task<SavedViewOutcome> ActAsync(AuditEntry line, Func<GatewayDbContext, CancellationToken, Task<SavedViewOutcome>> act, CancellationToken cancellationToken)
    {
        var outcome = SavedViewOutcome.None;
        await audit.RecordAsync(
            line,
            async (database, ct) => (outcome = await act(database, ct).ConfigureAwait(false)) == SavedViewOutcome.Done,
            cancellationToken).ConfigureAwait(false);
        return outcome;
    }
}
