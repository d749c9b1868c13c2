using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Coa;

/// <summary>
/// Knows what has been answered: the same request again, whatever port it comes from and whether or not the gateway was restarted, gets
/// the same answer and has no second effect (RFC 5176 sections 2.3 and 6.3). Safe for concurrent use.
/// </summary>
internal sealed class CoaLedger(IDbContextFactory<GatewayDbContext> contexts, GatewayWriter writer, IOptions<CoaOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Task<CoaAnswer>> _underWay = new(StringComparer.Ordinal);

    /// <summary>An Event-Timestamp has whole seconds, and is believed until the last one is over.</summary>
    private readonly TimeSpan _kept = options.Value.TimestampWindow + TimeSpan.FromSeconds(1);

    /// <summary>The answer that was recorded for the request, or the one that is made now; two of the same at once share it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="decide">Does what it asks for, and records the answer with its effect.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageUnavailableException">The database could not be asked, or could not record the effect; nothing was done.</exception>
    public async Task<CoaAnswer> OnceAsync(CoaRequest request, Func<Task<CoaAnswer>> decide, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexString(request.Digest);
        var mine = new TaskCompletionSource<CoaAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var current = _underWay.GetOrAdd(key, mine.Task);
        if (current != mine.Task)
        {
            return await current.WaitAsync(cancellationToken).ConfigureAwait(false) with { IsRepeated = true };
        }

        try
        {
            var answer = await FindAsync(request, cancellationToken).ConfigureAwait(false) ?? await decide().ConfigureAwait(false);
            mine.SetResult(answer);
            return answer;
        }
        catch (Exception exception)
        {
            mine.SetException(exception);
            _ = mine.Task.Exception;
            throw;
        }
        finally
        {
            _underWay.TryRemove(key, out _);
        }
    }

    /// <summary>Writes lines of history, and an answer whose effect is not in the database; false when the database could not.</summary>
    public async Task<bool> RecordAsync(IReadOnlyList<SessionEvent> lines, CoaReply? reply, CancellationToken cancellationToken) =>
        await writer.WriteAsync(
            async (database, ct) =>
            {
                await SessionHistory.AddAsync(database, lines, ct).ConfigureAwait(false);
                if (reply is not null)
                {
                    database.Add(new CoaReply { Digest = reply.Digest, At = reply.At, Code = reply.Code, Attributes = reply.Attributes });
                }
            },
            cancellationToken).ConfigureAwait(false) == WriteStatus.Committed;

    /// <summary>Forgets answers that are older than any Event-Timestamp that is still believed.</summary>
    public Task PruneAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - _kept;
        return writer.WriteAsync(
            (database, ct) => database.Set<CoaReply>().Where(reply => reply.At < oldest).ExecuteDeleteAsync(ct),
            cancellationToken);
    }

    private async Task<CoaAnswer?> FindAsync(CoaRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using (database.ConfigureAwait(false))
            {
                var found = await database.Set<CoaReply>().AsNoTracking().SingleOrDefaultAsync(reply => reply.Digest == request.Digest, cancellationToken).ConfigureAwait(false);
                if (found is null || found.At >= time.GetUtcNow() - _kept)
                {
                    return found is null ? null : CoaAnswer.Of(found);
                }
            }
        }
        catch (Exception exception) when (WriteTransaction.IsEnvironment(exception))
        {
            throw new StorageUnavailableException("The database cannot be read.", exception);
        }

        // It is as old as a new request may be: what is asked now is asked anew.
        await PruneAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }
}
