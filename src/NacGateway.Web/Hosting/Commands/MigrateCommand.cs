using System.Data.Common;
using NacGateway.Core.Storage;
using NacGateway.Web.Hosting.Configuration;
using NacGateway.Web.Observability;

namespace NacGateway.Web.Hosting.Commands;

/// <summary><c>migrate</c>: brings the database to this version's schema, and nothing else is started.</summary>
internal static class MigrateCommand
{
    public static async Task<int> RunAsync(CommandInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var verdict = SettingsCheck.Run(input.File, input.Settings);
        if (!await SettingsCheck.ReportAsync(verdict, Console.Error))
        {
            return ExitCode.Usage;
        }

        var services = new ServiceCollection();
        services.AddLogging(log => log.AddGatewayLog(new LogOptions()).SetMinimumLevel(LogLevel.Warning));
        services.AddGateway(verdict.Settings);
        await using var provider = services.BuildServiceProvider();
        try
        {
            var applied = await provider.GetRequiredService<DatabaseMigration>().ApplyAsync(cancellationToken);
            await Console.Out.WriteLineAsync(applied.Count == 0 ? "The database has this version's schema already." : $"Applied: {string.Join(", ", applied)}");
            return ExitCode.Success;
        }
        catch (SchemaIsNewerException exception)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
            return ExitCode.Failure;
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"error: the database cannot be migrated: {exception.GetBaseException().Message} Check Storage:ConnectionString.");
            return ExitCode.Failure;
        }
    }
}
