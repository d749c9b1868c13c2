using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Audit;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Administration;

/// <summary>The keys of programs. A change and its line in the audit trail are one transaction. Safe for concurrent use.</summary>
public sealed class ApiKeys(AuditLog audit, GatewayWriter writer, IDbContextFactory<GatewayDbContext> contexts, TimeProvider time)
{
    /// <summary>What every key begins with, so that one that was published can be found by searching.</summary>
    public const string Mark = "nac_";

    /// <summary>Most keys that may be used at a time.</summary>
    public const int Most = 1000;

    /// <summary>How exactly it is kept when a key was used.</summary>
    public static readonly TimeSpan UsedTo = TimeSpan.FromMinutes(1);

    private const int Octets = 32;
    private const int PrefixLength = 12;

    /// <summary>Makes a key. Its text is returned once and kept nowhere.</summary>
    /// <returns>The key and its text; null when one that may be used has this name, by which the audit trail names it, or there are as many as there may be.</returns>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    public async Task<(ApiKey Key, string Text)?> MakeAsync(string name, DeskRole role, TimeSpan lifetime, AuditEntry line, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(line);
        var text = Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Octets));
        var now = time.GetUtcNow();
        ApiKey? key = null;
        var isMade = await audit.RecordAsync(
            line with { Target = $"{name} ({text[..PrefixLength]})" },
            async (database, ct) =>
            {
                var usable = database.Set<ApiKey>().Where(other => other.RevokedAt == null && other.ExpiresAt > now);
                if (await usable.AnyAsync(other => other.Name == name, ct).ConfigureAwait(false) || await usable.CountAsync(ct).ConfigureAwait(false) >= Most)
                {
                    return false;
                }

                key = new ApiKey { Name = name, Prefix = text[..PrefixLength], Hash = HashOf(text), Role = role, CreatedBy = line.Actor, CreatedAt = now, ExpiresAt = now + lifetime };
                database.Add(key);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return isMade ? (key!, text) : null;
    }

    /// <summary>The key whose text this is, if it may be used now; null for none.</summary>
    public async Task<ApiKey?> FindAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith(Mark, StringComparison.Ordinal) || text.Length > 2 * Octets)
        {
            return null;
        }

        var hash = HashOf(text);
        var now = time.GetUtcNow();
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var key = await database.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, cancellationToken).ConfigureAwait(false);
            return key is not null && CryptographicOperations.FixedTimeEquals(key.Hash, hash) && key.RevokedAt is null && key.ExpiresAt > now ? key : null;
        }
    }

    /// <summary>Keeps that a key was used, at most once a minute.</summary>
    public Task TouchAsync(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var now = time.GetUtcNow();
        return now - key.LastUsedAt < UsedTo
            ? Task.CompletedTask
            : writer.WriteAsync(
                (database, ct) => database.Set<ApiKey>().Where(row => row.Id == key.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now), ct),
                CancellationToken.None);
    }

    /// <summary>Withdraws a key. Returns whether there was one to withdraw.</summary>
    public async Task<bool> RevokeAsync(long id, AuditEntry line, CancellationToken cancellationToken) =>
        await audit.RecordAsync(
            line,
            async (database, ct) => await database.Set<ApiKey>().Where(row => row.Id == id && row.RevokedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, time.GetUtcNow()), ct).ConfigureAwait(false) == 1,
            cancellationToken).ConfigureAwait(false);

    /// <summary>A key by its number; null for none.</summary>
    public async Task<ApiKey?> FindAsync(long id, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>All keys, the newest first; also those that may not be used any more.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<ApiKey>().AsNoTracking().OrderByDescending(row => row.Id).Take(2 * Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
