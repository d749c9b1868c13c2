using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using NacGateway.Core.Storage;

namespace NacGateway.Migrations.Sqlite;

/// <summary>For <c>dotnet ef migrations add</c>; no database is opened.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<GatewayDbContext>
{
    public GatewayDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<GatewayDbContext>();
        SqliteStorage.Use(builder, "Data Source=:memory:");
        return new GatewayDbContext(builder.Options);
    }
}
