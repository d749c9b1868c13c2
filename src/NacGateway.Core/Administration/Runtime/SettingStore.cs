using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Audit;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Administration.Runtime;

/// <summary>The versions of settings in the database; none is ever changed. Safe for concurrent use, also by several gateways on one database.</summary>
public sealed class SettingStore(IDbContextFactory<GatewayDbContext> contexts, AuditLog audit, TimeProvider time)
{
    /// <summary>The newest version of each setting that has any.</summary>
    public async Task<IReadOnlyDictionary<string, SettingVersion>> NewestAsync(CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var ids = await database.Set<SettingVersion>().GroupBy(row => row.Name).Select(group => group.Max(row => row.Id)).ToListAsync(cancellationToken).ConfigureAwait(false);
            return await database.Set<SettingVersion>().AsNoTracking().Where(row => ids.Contains(row.Id))
                .ToDictionaryAsync(row => row.Name, StringComparer.Ordinal, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Versions of a setting, the newest first.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="before">Only those below this id.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<IReadOnlyList<SettingVersion>> ListAsync(string name, long before, int most, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<SettingVersion>().AsNoTracking().Where(row => row.Name == name && row.Id < before)
                .OrderByDescending(row => row.Id).Take(most).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One version of a setting; null when it has none of that id.</summary>
    public async Task<SettingVersion?> FindAsync(string name, long id, CancellationToken cancellationToken) =>
        await ListAsync(name, id + 1, 1, cancellationToken).ConfigureAwait(false) is [var version] && version.Id == id ? version : null;

    /// <summary>Keeps a value as the newest version while the one that it was made from still is, together with its line of the audit trail.</summary>
    /// <param name="name">Which setting.</param>
    /// <param name="value">Its value, which has been judged; null for that of the configuration.</param>
    /// <param name="expected">Id of the version that it was made from; 0 for none.</param>
    /// <param name="entry">The line.</param>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    public async Task<SettingSaved> SaveAsync(string name, string? value, long expected, AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        SettingVersion? newest = null;
        var made = await audit.RecordAsync(
            entry,
            async (database, ct) =>
            {
                newest = await database.Set<SettingVersion>().AsNoTracking().Where(row => row.Name == name).OrderByDescending(row => row.Id).FirstOrDefaultAsync(ct).ConfigureAwait(false);
                if ((newest?.Id ?? 0) != expected || newest?.Value == value)
                {
                    return false;
                }

                database.Add(newest = new SettingVersion { Name = name, Value = value, CreatedAt = time.GetUtcNow(), CreatedBy = entry.Actor });
                return true;
            },
            CancellationToken.None).ConfigureAwait(false);
        return new SettingSaved(newest, made, []) { IsOvertaken = !made && newest?.Value != value };
    }
}
