using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace NacGateway.Core.Storage;

/// <summary>
/// Rows that wait to be inserted as they are, in the order in which they came. For the change tracker an insert is a snapshot, a command
/// and a key that is read back; a sign-in inserts three rows that nobody looks at again, and this takes a third of the time.
/// </summary>
internal sealed class RowInserts
{
    private readonly List<(InsertPlan Plan, object Row)> _rows = [];

    /// <summary>How many wait.</summary>
    public int Count => _rows.Count;

    public void Add(InsertPlan plan, object row) => _rows.Add((plan, row));

    public void Clear() => _rows.Clear();

    /// <summary>Inserts them, those of one table after the other.</summary>
    public async Task WriteAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        if (_rows.Count == 0)
        {
            return;
        }

        await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var connection = database.GetDbConnection();
            var transaction = database.CurrentTransaction?.GetDbTransaction();
            var tables = _rows.GroupBy(row => row.Plan, row => row.Row);
            await (connection.CanCreateBatch
                ? TogetherAsync(connection, transaction, tables, cancellationToken)
                : OneByOneAsync(connection, transaction, tables, cancellationToken)).ConfigureAwait(false);
            _rows.Clear();
        }
        finally
        {
            await database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A server is asked once for all of them.</summary>
    private static async Task TogetherAsync(DbConnection connection, DbTransaction? transaction, IEnumerable<IGrouping<InsertPlan, object>> tables, CancellationToken cancellationToken)
    {
        var maker = connection.CreateCommand();
        var batch = connection.CreateBatch();
        await using (maker.ConfigureAwait(false))
        await using (batch.ConfigureAwait(false))
        {
            batch.Transaction = transaction;
            foreach (var table in tables)
            {
                foreach (var row in table)
                {
                    var command = batch.CreateBatchCommand();
                    command.CommandText = table.Key.Text;
                    table.Key.Fill(command.Parameters, maker, row);
                    batch.BatchCommands.Add(command);
                }
            }

            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Within the process a statement that is parsed once costs least.</summary>
    private static async Task OneByOneAsync(DbConnection connection, DbTransaction? transaction, IEnumerable<IGrouping<InsertPlan, object>> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.Transaction = transaction;
                command.CommandText = table.Key.Text;
                foreach (var row in table)
                {
                    if (command.Parameters.Count == 0)
                    {
                        table.Key.Fill(command.Parameters, command, row);
                    }
                    else
                    {
                        table.Key.Refill(command.Parameters, row);
                    }

                    await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }
}
