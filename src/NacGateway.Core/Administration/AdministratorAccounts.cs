using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Audit;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Administration;

/// <summary>The local accounts of administrators. A change and its line in the audit trail are one transaction. Safe for concurrent use.</summary>
public sealed class AdministratorAccounts(AuditLog audit, GatewayWriter writer, IDbContextFactory<GatewayDbContext> contexts, TimeProvider time)
{
    /// <summary>Most accounts: they are for emergencies, and a list of them must stay a list.</summary>
    public const int Most = 1000;

    /// <summary>An account by its name, whether open or closed; null for none.</summary>
    public async Task<Administrator?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var key = AdminNames.Key(name);
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<Administrator>().AsNoTracking().SingleOrDefaultAsync(account => account.NameKey == key, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>An account by its key; null for none.</summary>
    public async Task<Administrator?> FindAsync(long id, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<Administrator>().AsNoTracking().SingleOrDefaultAsync(account => account.Id == id, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>All accounts, the closed ones too, by name.</summary>
    public async Task<IReadOnlyList<Administrator>> ListAsync(CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<Administrator>().AsNoTracking().OrderBy(account => account.NameKey).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether anybody could sign in by a local account.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<Administrator>().AnyAsync(account => account.ClosedAt == null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes an account. One that was closed is opened again, with what is given here and without what it had.</summary>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    public async Task<AccountChange> AddAsync(NewAdministrator wanted, AuditEntry line, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var now = time.GetUtcNow();
        var key = AdminNames.Key(wanted.Name);
        var isDone = await audit.RecordAsync(
            line,
            async (database, ct) =>
            {
                var known = await database.Set<Administrator>().AsTracking().SingleOrDefaultAsync(account => account.NameKey == key, ct).ConfigureAwait(false);
                if (known is { ClosedAt: null } || (known is null && await database.Set<Administrator>().CountAsync(ct).ConfigureAwait(false) >= Most))
                {
                    return false;
                }

                if (known is null)
                {
                    database.Add(new Administrator { Name = wanted.Name, NameKey = key, PasswordHash = wanted.PasswordHash, Role = wanted.Role, TotpSecret = wanted.TotpSecret, CreatedAt = now, CreatedBy = line.Actor });
                    return true;
                }

                (known.ClosedAt, known.PasswordHash, known.Role, known.TotpSecret, known.TotpStep) = (null, wanted.PasswordHash, wanted.Role, wanted.TotpSecret, 0);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return isDone ? AccountChange.Done : AccountChange.Exists;
    }

    /// <summary>Closes an account, and ends what is signed in by it.</summary>
    public Task<AccountChange> CloseAsync(long id, bool evenTheLast, AuditEntry line, CancellationToken cancellationToken) =>
        ChangeAsync(id, evenTheLast, line, account => account.ClosedAt = time.GetUtcNow(), keep: null, cancellationToken);

    /// <summary>Gives an account another role, and ends what is signed in under the old one.</summary>
    public Task<AccountChange> ChangeRoleAsync(long id, DeskRole role, bool evenTheLast, AuditEntry line, CancellationToken cancellationToken) =>
        ChangeAsync(id, evenTheLast || role == DeskRole.Administrator, line, account => account.Role = role, keep: null, cancellationToken);

    /// <summary>Gives an account another password, and ends what is signed in by the old one.</summary>
    /// <param name="id">Which.</param>
    /// <param name="passwordHash">Of the new one.</param>
    /// <param name="keep">Hash of the token of who changes his own, and stays; null for none.</param>
    /// <param name="line">For the audit trail.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task<AccountChange> ChangePasswordAsync(long id, string passwordHash, byte[]? keep, AuditEntry line, CancellationToken cancellationToken) =>
        ChangeAsync(id, evenTheLast: true, line, account => account.PasswordHash = passwordHash, keep, cancellationToken);

    /// <summary>Gives an account another second factor, or none; ends what is signed in.</summary>
    public Task<AccountChange> ChangeTotpAsync(long id, byte[]? secret, byte[]? keep, AuditEntry line, CancellationToken cancellationToken) =>
        ChangeAsync(id, evenTheLast: true, line, account => (account.TotpSecret, account.TotpStep) = (secret, 0), keep, cancellationToken);

    /// <summary>Gives an account another second factor, of which a code was seen already, and ends what else is signed in.</summary>
    /// <param name="seen">The account as it was seen: a second factor that was changed since stays.</param>
    /// <param name="secret">Its secret, sealed; null for none.</param>
    /// <param name="step">Time step of the code that was seen, which is not taken again.</param>
    /// <param name="keep">Hash of the token of who changes his own, and stays.</param>
    /// <param name="line">For the audit trail.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<AccountChange> ChangeOwnTotpAsync(Administrator seen, byte[]? secret, long step, byte[] keep, AuditEntry line, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var isDone = await audit.RecordAsync(
            line,
            async (database, ct) =>
            {
                var account = await database.Set<Administrator>().AsTracking().SingleOrDefaultAsync(row => row.Id == seen.Id && row.ClosedAt == null, ct).ConfigureAwait(false);
                if (account is null || !(account.TotpSecret ?? []).AsSpan().SequenceEqual(seen.TotpSecret ?? []))
                {
                    return false;
                }

                (account.TotpSecret, account.TotpStep) = (secret, secret is null ? 0 : step);
                await database.Set<AdminSession>().Where(row => row.Name == account.Name && row.Origin == AdminSession.Local && row.TokenHash != keep).ExecuteDeleteAsync(ct).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return isDone ? AccountChange.Done : AccountChange.NotFound;
    }

    /// <summary>Takes the code of a time step, once; false for one that was taken, or a later one.</summary>
    public async Task<bool> TakeStepAsync(Administrator account, long step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        var taken = 0;
        var status = await writer.WriteAsync(
            async (database, ct) => taken = await database.Set<Administrator>().Where(row => row.Id == account.Id && row.TotpStep < step)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.TotpStep, step), ct).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return status == WriteStatus.Committed && taken == 1;
    }

    /// <summary>Replaces a hash by one of today's strength; nobody did anything, so there is no line.</summary>
    public Task RehashAsync(Administrator account, string passwordHash, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        return writer.WriteAsync(
            (database, ct) => database.Set<Administrator>().Where(row => row.Id == account.Id && row.PasswordHash == account.PasswordHash)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, passwordHash), ct),
            cancellationToken);
    }

    private async Task<AccountChange> ChangeAsync(long id, bool evenTheLast, AuditEntry line, Action<Administrator> change, byte[]? keep, CancellationToken cancellationToken)
    {
        var outcome = AccountChange.NotFound;
        await audit.RecordAsync(
            line,
            async (database, ct) =>
            {
                var account = await database.Set<Administrator>().AsTracking().SingleOrDefaultAsync(row => row.Id == id && row.ClosedAt == null, ct).ConfigureAwait(false);
                outcome = account is null ? AccountChange.NotFound
                    : evenTheLast || account.Role != DeskRole.Administrator || await HasOtherAsync(database, id, ct).ConfigureAwait(false) ? AccountChange.Done
                    : AccountChange.LastOne;
                if (outcome != AccountChange.Done)
                {
                    return false;
                }

                change(account!);
                var kept = keep ?? [];
                await database.Set<AdminSession>().Where(row => row.Name == account!.Name && row.Origin == AdminSession.Local && row.TokenHash != kept).ExecuteDeleteAsync(ct).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return outcome;
    }

    private static Task<bool> HasOtherAsync(GatewayDbContext database, long id, CancellationToken cancellationToken) =>
        database.Set<Administrator>().AnyAsync(other => other.Id != id && other.ClosedAt == null && other.Role == DeskRole.Administrator, cancellationToken);
}
