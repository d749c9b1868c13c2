using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Storage;
using NacGateway.Migrations.PostgreSql;
using NacGateway.Migrations.Sqlite;

namespace NacGateway.Web.Hosting;

/// <summary>The one place that knows both databases.</summary>
internal static class StorageChoice
{
    public static void Use(DbContextOptionsBuilder builder, IConfiguration settings)
    {
        var storage = Read(settings);
        if (storage.Provider == StorageProvider.Sqlite)
        {
            SqliteStorage.Use(builder, storage.EffectiveConnectionString);
        }
        else
        {
            PostgreSqlStorage.Use(builder, storage.EffectiveConnectionString);
        }
    }

    public static StorageOptions Read(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var storage = new StorageOptions();
        settings.GetSection(StorageOptions.Section).Bind(storage);
        return storage;
    }
}
