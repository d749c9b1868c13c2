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

    /// <summary>Makes an empty file that its owner alone may read.</summary>
    internal static void CreateOwnerOnly(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Open(file, options).Dispose();
    }
}
