using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Audit;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Administration;

/// <summary>
/// Who is signed in at the desk. The database is asked each time, so that what one gateway ends is ended at the others, too. Safe for
/// concurrent use.
/// </summary>
public sealed class AdminSessions(AuditLog audit, GatewayWriter writer, IDbContextFactory<GatewayDbContext> contexts)
{
    /// <summary>How exactly it is kept when somebody was seen: a write for every request would cost more than it tells.</summary>
    public static readonly TimeSpan SeenTo = TimeSpan.FromMinutes(1);

    /// <summary>Sessions of one administrator at once; the oldest gives way.</summary>
    public const int MostOfOne = 20;

    /// <summary>Begins a session, with its line in the audit trail.</summary>
    /// <param name="session">The session.</param>
    /// <param name="accountId">The local account by which it begins; null for none.</param>
    /// <param name="timeStep">Time step of the code that was given as second factor; null for none.</param>
    /// <param name="line">For the audit trail.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>False when the account was closed, or the code was used, meanwhile.</returns>
    /// <exception cref="StorageUnavailableException">The database did not take it: nobody is signed in.</exception>
    public Task<bool> BeginAsync(AdminSession session, long? accountId, long? timeStep, AuditEntry line, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return audit.RecordAsync(
            line,
            async (database, ct) =>
            {
                if (accountId is { } id && !await UseAsync(database, id, session, timeStep, ct).ConfigureAwait(false))
                {
                    return false;
                }

                var others = await database.Set<AdminSession>().Where(row => row.Name == session.Name && row.Origin == session.Origin)
                    .OrderByDescending(row => row.SeenAt).Skip(MostOfOne - 1).Select(row => row.TokenHash).ToListAsync(ct).ConfigureAwait(false);
                foreach (var hash in others)
                {
                    await database.Set<AdminSession>().Where(row => row.TokenHash == hash).ExecuteDeleteAsync(ct).ConfigureAwait(false);
                }

                database.Add(session);
                return true;
            },
            cancellationToken);
    }

    /// <summary>The session of a token; null for none.</summary>
    public async Task<AdminSession?> FindAsync(byte[] tokenHash, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<AdminSession>().AsNoTracking().SingleOrDefaultAsync(row => row.TokenHash == tokenHash, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Those who are signed in, who was seen last first.</summary>
    public async Task<IReadOnlyList<AdminSession>> ListAsync(DateTimeOffset seenAfter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<AdminSession>().AsNoTracking()
                .Where(row => row.ExpiresAt > now && row.SeenAt > seenAfter)
                .OrderByDescending(row => row.SeenAt).Take(AdministratorAccounts.Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps that somebody was seen. What the database does not take now it takes a minute later: nobody waits for it.</summary>
    public Task TouchAsync(AdminSession session, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return writer.WriteAsync(
            (database, ct) => database.Set<AdminSession>().Where(row => row.TokenHash == session.TokenHash && row.SeenAt < now)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.SeenAt, now), ct),
            CancellationToken.None);
    }

    /// <summary>Ends a session, with its line in the audit trail. Returns whether there was one.</summary>
    /// <exception cref="StorageUnavailableException">The database did not take it: it has not ended.</exception>
    public Task<bool> EndAsync(byte[] tokenHash, AuditEntry line, CancellationToken cancellationToken) =>
        audit.RecordAsync(
            line,
            async (database, ct) => await database.Set<AdminSession>().Where(row => row.TokenHash == tokenHash).ExecuteDeleteAsync(ct).ConfigureAwait(false) > 0,
            cancellationToken);

    /// <summary>Forgets those that have ended by themselves.</summary>
    public Task PruneAsync(DateTimeOffset seenAfter, DateTimeOffset now, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            (database, ct) => database.Set<AdminSession>().Where(row => row.ExpiresAt <= now || row.SeenAt <= seenAfter).ExecuteDeleteAsync(ct),
            cancellationToken);

    /// <summary>Marks the account as used, and the code with it: of two sign-ins with one code one succeeds (RFC 6238 section 5.2).</summary>
    private static async Task<bool> UseAsync(GatewayDbContext database, long id, AdminSession session, long? timeStep, CancellationToken cancellationToken)
    {
        var open = database.Set<Administrator>().Where(account => account.Id == id && account.ClosedAt == null && account.Role == session.Role);
        return timeStep is { } step
            ? await open.Where(account => account.TotpSecret != null && account.TotpStep < step)
                .ExecuteUpdateAsync(set => set.SetProperty(account => account.LastSignInAt, session.StartedAt).SetProperty(account => account.TotpStep, step), cancellationToken).ConfigureAwait(false) == 1
            : await open.Where(account => account.TotpSecret == null)
                .ExecuteUpdateAsync(set => set.SetProperty(account => account.LastSignInAt, session.StartedAt), cancellationToken).ConfigureAwait(false) == 1;
    }
}
