using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Audit;

/// <summary>
/// Walks the whole trail and proves that every line is as it was written, follows the one before it, and that none is missing. Takes the
/// same memory however long the trail is, and holds no lock between two batches: gateways go on writing.
/// </summary>
public sealed class AuditVerification(IDbContextFactory<GatewayDbContext> contexts, IEnumerable<IAuditWitness> witnesses)
{
    private const int Batch = 1000;

    /// <summary>Walks it; lines may be added meanwhile.</summary>
    /// <param name="noted">A line that was noted down elsewhere and must be in it; null for none.</param>
    /// <param name="progress">Is told from time to time how many lines are whole so far.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<AuditVerdict> RunAsync(AuditMark? noted, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var walk = new AuditWalk(noted);
            try
            {
                return await RunAsync(database, walk, progress, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is InvalidCastException or FormatException or OverflowException or ArgumentException)
            {
                // Somebody wrote what the column cannot hold; SQLite lets him.
                return walk.Broken($"it, or one of the next {Batch}, cannot be read: {exception.Message}");
            }
        }
    }

    /// <summary>Walks it.</summary>
    public Task<AuditVerdict> RunAsync(CancellationToken cancellationToken) => RunAsync(noted: null, progress: null, cancellationToken);

    private async Task<AuditVerdict> RunAsync(GatewayDbContext database, AuditWalk walk, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        if (await database.Set<AuditRecord>().AnyAsync(line => line.Sequence < 1, cancellationToken).ConfigureAwait(false))
        {
            return new AuditVerdict(0, 0, "a line stands before the first.");
        }

        for (; ; )
        {
            var behind = walk.Sequence;
            var lines = await database.Set<AuditRecord>().AsNoTracking().Where(line => line.Sequence > behind).OrderBy(line => line.Sequence).Take(Batch).ToListAsync(cancellationToken).ConfigureAwait(false);
            foreach (var line in lines)
            {
                if (walk.Step(line) is { } reason)
                {
                    return walk.Broken(reason);
                }
            }

            progress?.Report(walk.Sequence);
            if (lines.Count == 0 && await EndAsync(database, walk, cancellationToken).ConfigureAwait(false) is { } verdict)
            {
                return verdict;
            }
        }
    }

    /// <summary>Compares the last line with the end that is kept apart; null when lines were added meanwhile.</summary>
    private async Task<AuditVerdict?> EndAsync(GatewayDbContext database, AuditWalk walk, CancellationToken cancellationToken)
    {
        var head = await database.Set<AuditHead>().AsNoTracking().OrderBy(row => row.Id).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (head is null)
        {
            return walk.Sequence > 0
                ? walk.Broken("the end of the trail, which is kept apart, is gone, so that nobody knows what followed.") with { IsEndGone = true }
                : await EmptyAsync(walk, cancellationToken).ConfigureAwait(false);
        }

        // The end first and the lines after it: whatever was added between the two is behind the end, and no reason to complain.
        var behind = walk.Sequence;
        if (head.Sequence > behind)
        {
            return await database.Set<AuditRecord>().AnyAsync(line => line.Sequence > behind, cancellationToken).ConfigureAwait(false)
                ? null
                : walk.Broken(string.Create(CultureInfo.InvariantCulture, $"it is missing; the trail ended with line {head.Sequence}."));
        }

        return head.Sequence < behind ? new AuditVerdict(head.Sequence, head.Sequence + 1, "it was put behind the end of the trail.")
            : !CryptographicOperations.FixedTimeEquals(head.Hash, walk.Hash) ? new AuditVerdict(Math.Max(0, behind - 1), behind, "it is not the line with which the trail ended.")
            : walk.End();
    }

    /// <summary>No line and no end: a gateway that nobody has administered yet, unless somebody has.</summary>
    private async Task<AuditVerdict> EmptyAsync(AuditWalk walk, CancellationToken cancellationToken)
    {
        foreach (var witness in witnesses)
        {
            if (await witness.TestifyAsync(cancellationToken).ConfigureAwait(false) is { } evidence)
            {
                return walk.Broken($"it is missing, as is the whole trail and its end; but there are {evidence}, which left lines in it.") with { IsEndGone = true };
            }
        }

        return walk.End();
    }
}
