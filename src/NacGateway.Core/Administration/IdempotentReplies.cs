using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Administration;

/// <summary>
/// Remembers for a day what was answered to writes of the API, so that a program that did not hear the answer may send the same again.
/// Bounded in number. Safe for concurrent use, also by several gateways on one database.
/// </summary>
public sealed class IdempotentReplies(GatewayWriter writer, TimeProvider time)
{
    /// <summary>How long a reply is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>Most replies that are kept; past it the oldest go first.</summary>
    internal const int Capacity = 100_000;

    private static readonly TimeSpan s_pruneEvery = TimeSpan.FromMinutes(10);

    private long _prunedAt = long.MinValue;

    /// <summary>Takes the key for a request, unless it was taken before.</summary>
    /// <param name="key">SHA-256 of who asks and his key.</param>
    /// <param name="request">SHA-256 of what is asked.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when the request is to be done now, and <see cref="FinishAsync"/> or <see cref="ForgetAsync"/> to be called; otherwise what is there.</returns>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    public async Task<IdempotentReply?> BeginAsync(byte[] key, byte[] request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(request);
        var now = time.GetUtcNow();
        IdempotentReply? found = null;
        await WriteAsync(
            async (database, ct) =>
            {
                await PruneAsync(database, now, ct).ConfigureAwait(false);
                found = await database.Set<IdempotentReply>().AsTracking().SingleOrDefaultAsync(reply => reply.Key == key, ct).ConfigureAwait(false);
                if (found is not null && found.At <= now - Kept)
                {
                    database.Remove(found);
                    await database.SaveChangesAsync(ct).ConfigureAwait(false);
                    found = null;
                }

                if (found is null)
                {
                    database.Add(new IdempotentReply { Key = key, Request = request, At = now });
                }
            },
            $"reply {Convert.ToHexString(key)}",
            cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>Keeps the answer. One without a body is kept as one whose body is not known.</summary>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    public Task FinishAsync(IdempotentReply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return WriteAsync(
            (database, ct) => database.Set<IdempotentReply>().Where(row => row.Key == reply.Key).ExecuteUpdateAsync(
                row => row.SetProperty(one => one.Status, reply.Status)
                    .SetProperty(one => one.ContentType, reply.ContentType)
                    .SetProperty(one => one.Location, reply.Location)
                    .SetProperty(one => one.Body, reply.Body),
                ct),
            $"reply {Convert.ToHexString(reply.Key)}",
            CancellationToken.None);
    }

    /// <summary>Gives the key back: nothing came of the request, and it may be tried again.</summary>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    public Task ForgetAsync(byte[] key) =>
        WriteAsync((database, ct) => database.Set<IdempotentReply>().Where(row => row.Key == key).ExecuteDeleteAsync(ct), $"reply {Convert.ToHexString(key)}", CancellationToken.None);

    private async Task WriteAsync(Func<GatewayDbContext, CancellationToken, Task> operation, string name, CancellationToken cancellationToken)
    {
        if (await writer.WriteAsync(operation, committed: null, cancellationToken, name).ConfigureAwait(false) != WriteStatus.Committed)
        {
            throw new StorageUnavailableException();
        }
    }

    /// <summary>Now and then, on the writer's thread: what is too old, and what is too much.</summary>
    private async Task PruneAsync(GatewayDbContext database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stamp = time.GetTimestamp();
        if (_prunedAt != long.MinValue && time.GetElapsedTime(_prunedAt, stamp) < s_pruneEvery)
        {
            return;
        }

        _prunedAt = stamp;
        var oldest = now - Kept;
        await database.Set<IdempotentReply>().Where(reply => reply.At <= oldest).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        var surplus = await database.Set<IdempotentReply>().OrderByDescending(reply => reply.At).Skip(Capacity).Select(reply => (DateTimeOffset?)reply.At).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (surplus is { } last)
        {
            await database.Set<IdempotentReply>().Where(reply => reply.At <= last).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
