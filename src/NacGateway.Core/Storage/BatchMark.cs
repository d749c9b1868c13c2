using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace NacGateway.Core.Storage;

/// <summary>
/// Marks each transaction of the writer inside itself. When the connection is lost between COMMIT and its answer, the mark says whether
/// it was made; when somebody else has written it, two gateways have one name. Used by the writer alone, never concurrently.
/// </summary>
internal sealed partial class BatchMark(IDbContextFactory<GatewayDbContext> contexts, GatewayIdentity identity, ILogger<BatchMark> log)
{
    private readonly string _owner = identity.Name;
    private Guid? _last;
    private bool _isShared;

    /// <summary>Marks the transaction at hand. The row stays locked until it ends, which <see cref="IsCommittedAsync"/> relies on.</summary>
    public async Task PutAsync(GatewayDbContext database, Guid batch)
    {
        var marks = database.Set<WriterMark>().Where(mark => mark.Owner == _owner);
        if (_last is { } last && await marks.Where(mark => mark.LastBatch == last).ExecuteUpdateAsync(Set(batch)).ConfigureAwait(false) == 1)
        {
            return;
        }

        var found = await marks.ExecuteUpdateAsync(Set(batch)).ConfigureAwait(false);
        if (found == 0)
        {
            database.Add(new WriterMark { Owner = _owner, LastBatch = batch });
            await database.SaveChangesAsync().ConfigureAwait(false);
            database.ChangeTracker.Clear();
        }
        else if (_last is not null && !_isShared)
        {
            _isShared = true;
            Log.Shared(log, _owner);
        }
    }

    /// <summary>To be called after the commit.</summary>
    public void Committed(Guid batch) => _last = batch;

    /// <summary>Whether a transaction whose end was not heard was made after all.</summary>
    public async Task<bool> IsCommittedAsync(Guid batch, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var transaction = await database.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                // The server may still be at it: this waits for the row's lock, and only what is read after it is final.
                var marks = database.Set<WriterMark>().Where(mark => mark.Owner == _owner);
                await marks.ExecuteUpdateAsync(set => set.SetProperty(mark => mark.LastBatch, mark => mark.LastBatch), cancellationToken).ConfigureAwait(false);
                var found = await marks.Select(mark => (Guid?)mark.LastBatch).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
                return found == batch;
            }
        }
    }

    private static Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<WriterMark>> Set(Guid batch) =>
        set => set.SetProperty(mark => mark.LastBatch, batch);

    private static partial class Log
    {
        [LoggerMessage(2903, LogLevel.Error, "Another gateway writes to this database under the name {Name}: each would end the other's sessions. Give every gateway a Radius:NasIdentifier of its own and restart them.")]
        public static partial void Shared(ILogger logger, string name);
    }
}
