using System.Globalization;
using Microsoft.Data.Sqlite;

namespace NacGateway.Migrations.Sqlite;

/// <summary>Whole copies of a database file: made while it is in use, looked at before they are believed, and put in place of another.</summary>
public static class SqliteCopy
{
    private const int MostProblems = 3;

    /// <summary>Copies a database that may be in use to a file that appears only when the copy is whole and was read again.</summary>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">What was written is damaged.</exception>
    /// <exception cref="IOException">The file is there already and must not be replaced, or it cannot be made.</exception>
    public static async Task MakeAsync(string connectionString, string file, bool replaces, CancellationToken cancellationToken)
    {
        if (!replaces && File.Exists(file))
        {
            // Before the work, which takes minutes for a large database; the move looks again.
            throw new IOException($"{file} is there already.");
        }

        var aside = $"{file}.{Path.GetRandomFileName()}";

        // Made empty first, which SQLite allows: the copy is never readable by others, not even while it is made.
        SqliteStorage.CreateOwnerOnly(aside);
        try
        {
            var source = new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWrite, Pooling = false };
            await WriteAsync(source.ConnectionString, aside, cancellationToken).ConfigureAwait(false);
            await RequireWholeAsync(aside, cancellationToken).ConfigureAwait(false);
            File.Move(aside, file, overwrite: replaces);
        }
        finally
        {
            // Half a copy would be taken for a whole one. Where it was moved, there is nothing to delete.
            File.Delete(aside);
        }
    }

    /// <summary>Copies a backup, which nobody uses, to a file of the owner's own.</summary>
    /// <exception cref="SqliteException">It is no database, or damaged.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static async Task StageAsync(string backup, string file, CancellationToken cancellationToken)
    {
        Forget(file);
        SqliteStorage.CreateOwnerOnly(file);
        await RequireWholeAsync(backup, cancellationToken).ConfigureAwait(false);
        await WriteAsync(ReadOnly(backup), file, cancellationToken).ConfigureAwait(false);
        await RequireWholeAsync(file, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The migrations that a database has had, in order; none where it is of another program.</summary>
    /// <exception cref="SqliteException">It is no database.</exception>
    public static async Task<IReadOnlyList<string>> MigrationsAsync(string file, CancellationToken cancellationToken) =>
        await ReadAsync(file, "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = '__EFMigrationsHistory'", cancellationToken).ConfigureAwait(false) is ["1"]
            ? await ReadAsync(file, "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId", cancellationToken).ConfigureAwait(false)
            : [];

    /// <summary>Puts everything of the write-ahead log into the file itself, so that the file alone is the database. Nobody may use it.</summary>
    public static async Task SettleAsync(string file, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ConnectionString);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE;";
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Removes a file with what SQLite keeps beside it.</summary>
    public static void Forget(string file)
    {
        foreach (var part in (string[])["", "-wal", "-shm", "-journal"])
        {
            File.Delete(file + part);
        }
    }

    private static string ReadOnly(string file) => new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString;

    private static async Task WriteAsync(string connectionString, string file, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(connectionString);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.CommandText = "VACUUM INTO $file";
                command.CommandTimeout = 0;
                command.Parameters.AddWithValue("$file", file);
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        Flush(file);
    }

    /// <summary>VACUUM INTO leaves it to the system; a copy that a power cut takes is none.</summary>
    private static void Flush(string file)
    {
        using var written = File.Open(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        written.Flush(flushToDisk: true);
    }

    private static async Task RequireWholeAsync(string file, CancellationToken cancellationToken)
    {
        var said = await ReadAsync(file, string.Create(CultureInfo.InvariantCulture, $"PRAGMA integrity_check({MostProblems})"), cancellationToken).ConfigureAwait(false);
        if (said is not ["ok"])
        {
            throw new InvalidDataException($"{file} is damaged: {string.Join("; ", said)}");
        }
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(string file, string sql, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(ReadOnly(file));
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.CommandText = sql;
                command.CommandTimeout = 0;
                var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    List<string> values = [];
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        values.Add(reader.GetString(0));
                    }

                    return values;
                }
            }
        }
    }
}
