using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Administration;

/// <summary>How administrators want their pages. Safe for concurrent use.</summary>
public sealed class AdminPreferences(GatewayWriter writer, IDbContextFactory<GatewayDbContext> contexts)
{
    /// <summary>The preferences of one, by name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(string name, CancellationToken cancellationToken)
    {
        var owner = AdminNames.Key(name);
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<AdminPreference>().AsNoTracking().Where(row => row.Owner == owner)
                .ToDictionaryAsync(row => row.Name, row => row.Value, StringComparer.Ordinal, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps some; what is null goes back to the default. Returns whether the database took them.</summary>
    public async Task<bool> KeepAsync(string name, IReadOnlyDictionary<string, string?> wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var owner = AdminNames.Key(name);
        var status = await writer.WriteAsync(
            async (database, ct) =>
            {
                var names = wanted.Keys.ToArray();
                await database.Set<AdminPreference>().Where(row => row.Owner == owner && names.Contains(row.Name)).ExecuteDeleteAsync(ct).ConfigureAwait(false);
                database.AddRange(wanted.Where(pair => pair.Value is not null).Select(pair => new AdminPreference { Owner = owner, Name = pair.Key, Value = pair.Value! }));
            },
            cancellationToken).ConfigureAwait(false);
        return status == WriteStatus.Committed;
    }
}
