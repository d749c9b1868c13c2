using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace NacGateway.Migrations.Sqlite;

/// <summary>
/// Write-ahead log with a full sync at each commit: with less, SQLite may lose commits of the last moments in a power cut although
/// it has acknowledged them.
/// </summary>
internal sealed class DurableConnection : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";

    public static DurableConnection Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
