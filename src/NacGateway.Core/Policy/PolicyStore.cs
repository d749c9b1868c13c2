using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Policy.Documents;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Policy;

/// <summary>
/// The versions of the rules in the database; each is a whole document, and none is ever changed. Safe for concurrent use, also by
/// several gateways on one database.
/// </summary>
public sealed class PolicyStore(IDbContextFactory<GatewayDbContext> contexts, TimeProvider time)
{
    /// <summary>Who made the versions that come from the file.</summary>
    public const string Seed = "seed";

    /// <summary>Tries to be the next version when others make one at the same time.</summary>
    private const int Tries = 5;

    /// <summary>Number of the version in force; 0 when there is none.</summary>
    public async Task<int> NewestAsync(CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<PolicyVersion>().MaxAsync(version => (int?)version.Version, cancellationToken).ConfigureAwait(false) ?? 0;
        }
    }

    /// <summary>The document in force; null when there is none.</summary>
    public async Task<PolicyText?> CurrentAsync(CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await CurrentAsync(database, cancellationToken).ConfigureAwait(false) is { } row
                ? new PolicyText(row.Version, row.CreatedAt, row.CreatedBy, row.Document)
                : null;
        }
    }

    /// <summary>One version; null when there is none of that number.</summary>
    public async Task<PolicyText?> FindAsync(int version, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<PolicyVersion>().AsNoTracking().Where(row => row.Version == version)
                .Select(row => new PolicyText(row.Version, row.CreatedAt, row.CreatedBy, row.Document))
                .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Versions without their documents, the newest first.</summary>
    /// <param name="before">Only those below this number.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<IReadOnlyList<PolicyEntry>> ListAsync(int before, int most, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<PolicyVersion>().AsNoTracking().Where(row => row.Version < before)
                .OrderByDescending(row => row.Version).Take(most)
                .Select(row => new PolicyEntry(row.Version, row.CreatedAt, row.CreatedBy))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a document the next version, if it is right as a whole and differs from the one in force.</summary>
    /// <param name="document">The JSON.</param>
    /// <param name="author">Who does it, up to 253 characters.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task<PolicyApplied> ApplyAsync(string document, string author, CancellationToken cancellationToken) =>
        ApplyAsync(document, author, _ => true, cancellationToken);

    /// <summary>As above, while the version in force is the one that it was made from: nobody undoes another's work without knowing.</summary>
    /// <param name="document">The JSON.</param>
    /// <param name="author">Who does it.</param>
    /// <param name="expected">The version that it is to replace; 0 for none.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task<PolicyApplied> ApplyAsync(string document, string author, int expected, CancellationToken cancellationToken) =>
        ApplyAsync(document, author, current => (current?.Version ?? 0) == expected, cancellationToken);

    /// <summary>As above, while the rules in force are seeded ones or there are none: what an administrator made is never replaced by the file.</summary>
    public Task<PolicyApplied> SeedAsync(string document, CancellationToken cancellationToken) =>
        ApplyAsync(document, Seed, current => current is null || current.CreatedBy == Seed, cancellationToken);

    private async Task<PolicyApplied> ApplyAsync(string document, string author, Func<PolicyVersion?, bool> isAllowed, CancellationToken cancellationToken)
    {
        if (!PolicyDocument.TryParse(document, version: 1, out _, out var errors))
        {
            return new PolicyApplied(await NewestAsync(cancellationToken).ConfigureAwait(false), IsNew: false, errors);
        }

        var digest = PolicyDocument.Digest(document);
        for (var attempt = 1; ; attempt++)
        {
            var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using (database.ConfigureAwait(false))
            {
                var current = await CurrentAsync(database, cancellationToken).ConfigureAwait(false);
                var isSame = current?.Digest == digest;
                if (isSame || !isAllowed(current))
                {
                    return new PolicyApplied(current?.Version ?? 0, IsNew: false, []) { IsOvertaken = !isSame };
                }

                var next = new PolicyVersion { Version = (current?.Version ?? 0) + 1, CreatedAt = time.GetUtcNow(), CreatedBy = author, Digest = digest, Document = document };
                database.Add(next);
                try
                {
                    await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
                    return new PolicyApplied(next.Version, IsNew: true, []);
                }
                catch (DbUpdateException) when (attempt < Tries)
                {
                    // Most likely another gateway took the number: look again at what is in force now.
                }
            }
        }
    }

    private static Task<PolicyVersion?> CurrentAsync(GatewayDbContext database, CancellationToken cancellationToken) =>
        database.Set<PolicyVersion>().AsNoTracking().OrderByDescending(version => version.Version).FirstOrDefaultAsync(cancellationToken);
}
