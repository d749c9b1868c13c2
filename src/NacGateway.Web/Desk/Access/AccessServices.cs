using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NacGateway.Core.Administration;
using NacGateway.Core.Storage;

namespace NacGateway.Web.Desk.Access;

/// <summary>Registers the sign-in of administrators.</summary>
internal static class AccessServices
{
    private const string KeyFile = "desk.key";

    public static IServiceCollection AddDeskAccess(this IServiceCollection services)
    {
        services.AddSingleton(provided => new SecretBox(PathOfKey(provided.GetRequiredService<IOptions<AdminOptions>>().Value, provided.GetRequiredService<IOptions<StorageOptions>>().Value)));
        services.AddSingleton<DeskPasswords>();
        services.AddSingleton<PendingCodes>();
        services.AddSingleton<AccessTrail>();
        services.AddSingleton<SessionStart>();
        services.AddSingleton<LocalSignIn>();
        services.AddSingleton<RadiusSignIn>();
        services.AddSingleton<RefusalPace>();
        services.AddSingleton<DeskSignIn>();
        services.AddSingleton<OwnPassword>();
        services.AddSingleton<OwnSecondFactor>();
        services.AddSingleton<DeskAccounts>();
        services.AddSingleton<DeskKeys>();
        services.AddSingleton<DeskSessions>();
        services.TryAddSingleton<IDeskAuthentication, DeskAuthentication>();
        services.AddHostedService<AccessUpkeep>();
        return services;
    }

    /// <summary>Where the key lies when nobody says so: beside the database file, which is kept and moved as one with it.</summary>
    private static string PathOfKey(AdminOptions options, StorageOptions storage)
    {
        if (!string.IsNullOrEmpty(options.KeyFile))
        {
            return Path.GetFullPath(options.KeyFile);
        }

        var connection = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = storage.EffectiveConnectionString };
        var folder = storage.Provider == StorageProvider.Sqlite && connection.TryGetValue("Data Source", out var file) && file is string { Length: > 0 } path
            ? Path.GetDirectoryName(Path.GetFullPath(path))!
            : Path.GetFullPath("data");
        return Path.Combine(folder, KeyFile);
    }
}
