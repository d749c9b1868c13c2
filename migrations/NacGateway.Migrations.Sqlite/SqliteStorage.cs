using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace NacGateway.Migrations.Sqlite;

/// <summary>Keeps the gateway's state in a SQLite file.</summary>
public static class SqliteStorage
{
    /// <summary>How long a statement waits for another process's lock. A person waits behind it, so it is short.</summary>
    private const int LockSeconds = 3;

    /// <summary>Sets up a context; the file's folder is made where it is missing, and both are the gateway's own to read.</summary>
    /// <exception cref="ArgumentException">The connection string is none of SQLite's.</exception>
    public static void Use(DbContextOptionsBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var connection = new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = LockSeconds, ForeignKeys = true };
        PrepareFile(connection);
        builder
            .UseSqlite(connection.ConnectionString, sqlite => sqlite.MigrationsAssembly(typeof(SqliteStorage).Assembly.GetName().Name).CommandTimeout(LockSeconds))
            .AddInterceptors(DurableConnection.Instance);
    }

    /// <summary>Copies a database that may be in use to a new file, whole and consistent.</summary>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    /// <exception cref="IOException">The file is there already, or cannot be made.</exception>
    public static async Task BackupAsync(string connectionString, string file, CancellationToken cancellationToken)
    {
        // Made empty first, which SQLite allows: the copy is never readable by others, not even while it is made.
        CreateOwnerOnly(file);
        try
        {
            await CopyAsync(connectionString, file, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Half a copy would be taken for a whole one.
            File.Delete(file);
            throw;
        }
    }

    private static async Task CopyAsync(string connectionString, string file, CancellationToken cancellationToken)
    {
        var source = new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        var connection = new SqliteConnection(source.ConnectionString);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.CommandText = "VACUUM INTO $file";
                command.Parameters.AddWithValue("$file", file);
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static void PrepareFile(SqliteConnectionStringBuilder connection)
    {
        var file = connection.DataSource;
        if (connection.Mode is SqliteOpenMode.Memory or SqliteOpenMode.ReadOnly || file.Length == 0 || file.StartsWith(':') || file.StartsWith("file:", StringComparison.Ordinal) || File.Exists(file))
        {
            return;
        }

        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        // Made empty first, so that the file and the log beside it, which takes over its mode, are never readable by others.
        try
        {
            CreateOwnerOnly(file);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another one was first.
        }
    }

    private static void CreateOwnerOnly(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Open(file, options).Dispose();
    }
}
