using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using NacGateway.Core.Storage;

namespace NacGateway.Migrations.PostgreSql;

/// <summary>For <c>dotnet ef migrations add</c>; no database is opened.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<GatewayDbContext>
{
    public GatewayDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<GatewayDbContext>();
        PostgreSqlStorage.Use(builder, "Host=localhost");
        return new GatewayDbContext(builder.Options);
    }
}
