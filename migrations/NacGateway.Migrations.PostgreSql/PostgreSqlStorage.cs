using Microsoft.EntityFrameworkCore;

namespace NacGateway.Migrations.PostgreSql;

/// <summary>Keeps the gateway's state in a PostgreSQL database.</summary>
public static class PostgreSqlStorage
{
    /// <summary>How long a statement may take; a person waits behind it.</summary>
    private const int StatementSeconds = 5;

    /// <summary>Sets up a context.</summary>
    public static void Use(DbContextOptionsBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.UseNpgsql(connectionString, postgres => postgres.MigrationsAssembly(typeof(PostgreSqlStorage).Assembly.GetName().Name).CommandTimeout(StatementSeconds));
    }
}
