using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace NacGateway.Core.Tests;

/// <summary>What happens to a gateway's database traffic by the will of a test: each hook may look on, or throw.</summary>
public sealed class DatabaseFaults : DbCommandInterceptor, IDbTransactionInterceptor
{
    private volatile bool _dead;

    public Action? Begin { get; set; }

    public Action<DbCommand>? Command { get; set; }

    /// <summary>Before the database is asked to commit.</summary>
    public Action? Commit { get; set; }

    /// <summary>After the database has committed, before anybody hears of it.</summary>
    public Action? Committed { get; set; }

    /// <summary>From now on whatever comes this way fails, as the traffic of a process that is no more never arrives.</summary>
    public void Kill() => _dead = true;

    public static Action Once(Action fault) => Times(1, fault);

    public static Action Times(int times, Action fault) => () =>
    {
        if (Interlocked.Decrement(ref times) >= 0)
        {
            fault();
        }
    };

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        ThrowIfDead();
        Command?.Invoke(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        ThrowIfDead();
        Command?.Invoke(command);
        return ValueTask.FromResult(result);
    }

    public ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        ThrowIfDead();
        Begin?.Invoke();
        return ValueTask.FromResult(result);
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        ThrowIfDead();
        Commit?.Invoke();
        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Committed?.Invoke();
        return Task.CompletedTask;
    }

    private void ThrowIfDead()
    {
        if (_dead)
        {
            throw new IOException("the process was killed");
        }
    }
}
