using System.CommandLine;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using NacGateway.Core.Storage;
using NacGateway.Migrations.Sqlite;
using NacGateway.Web.Hosting.Configuration;
using NacGateway.Web.Observability;

namespace NacGateway.Web.Hosting.Commands;

/// <summary>
/// <c>restore FILE</c>: puts a backup in the place of the SQLite database while no gateway runs. The backup is copied, looked at and migrated
/// aside, and then takes the place in one step: whenever this is cut short, there is the old database or the new one.
/// </summary>
internal static class RestoreCommand
{
    public static Command Create(Option<FileInfo?> config)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "What backup has written." };
        var command = new Command("restore", "Puts the backup FILE in the place of the SQLite database, which is kept beside it. The gateway must not run. PostgreSQL has pg_restore.") { file };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parse, cancellation) => RunAsync(new CommandInput(parse.GetValue(config), parse.UnmatchedTokens), parse.GetValue(file)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandInput input, FileInfo backup, CancellationToken cancellationToken)
    {
        var verdict = SettingsCheck.Run(input.File, input.Settings);
        if (!await SettingsCheck.ReportAsync(verdict, Console.Error))
        {
            return ExitCode.Usage;
        }

        var storage = GatewayServices.Storage(verdict.Settings);
        if (storage.Provider != StorageProvider.Sqlite)
        {
            return await FailAsync("restore is for SQLite only. Bring PostgreSQL back with pg_restore, or psql for a plain dump, while no gateway runs.", ExitCode.Usage);
        }

        if (!backup.Exists)
        {
            return await FailAsync($"{backup.FullName} does not exist. Name a file that backup has written.", ExitCode.Usage);
        }

        var path = new SqliteConnectionStringBuilder(storage.EffectiveConnectionString).DataSource;
        path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        if (string.Equals(path, backup.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? backup.FullName, StringComparison.Ordinal))
        {
            return await FailAsync("FILE is the database itself.", ExitCode.Usage);
        }

        try
        {
            await RestoreAsync(verdict.Settings, backup.FullName, path, cancellationToken);
            return ExitCode.Success;
        }
        catch (Exception exception) when (exception is GatewayRunsException or SchemaIsNewerException)
        {
            return await FailAsync(exception.Message, ExitCode.Failure);
        }
        catch (Exception exception) when (exception is DbException or InvalidDataException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return await FailAsync($"nothing was restored: {exception.GetBaseException().Message} The database is as it was. Take another backup, or look at the folder of {path}.", ExitCode.Failure);
        }
    }

    private static async Task RestoreAsync(IConfiguration settings, string backup, string path, CancellationToken cancellationToken)
    {
        await using var gateway = Services(settings, path);
        await gateway.GetRequiredService<GatewayLease>().TakeAsync(cancellationToken);

        await SayAsync($"Reading {backup}");
        if ((await SqliteCopy.MigrationsAsync(backup, cancellationToken)).Count == 0)
        {
            throw new InvalidDataException($"{backup} is a database, but none of a gateway.");
        }

        var staged = path + ".restoring";
        try
        {
            await SqliteCopy.StageAsync(backup, staged, cancellationToken);
            await SayAsync("The backup is whole.");
            await using (var aside = Services(settings, staged))
            {
                var applied = await aside.GetRequiredService<DatabaseMigration>().ApplyAsync(cancellationToken);
                await SayAsync(applied.Count == 0 ? "It has this version's schema." : $"It is of an earlier version; applied: {string.Join(", ", applied)}");
            }

            await SqliteCopy.SettleAsync(staged, cancellationToken);
            if (await KeepAsync(gateway, path, cancellationToken) is { } kept)
            {
                await SayAsync($"The database that was there is kept as {kept}; delete it when it is not needed any more.");
            }

            File.Move(staged, path, overwrite: true);
        }
        finally
        {
            SqliteCopy.Forget(staged);
            File.Delete(staged + ".migrating");
        }

        await SayAsync($"Restored to {path}. Second factors need the desk.key of the gateway that made the backup (Admin:KeyFile).");
    }

    /// <summary>Copies what is to be replaced to a name of its own; null where there is nothing.</summary>
    private static async Task<string?> KeepAsync(ServiceProvider gateway, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            return null;
        }

        var kept = $"{path}.replaced-{gateway.GetRequiredService<TimeProvider>().GetUtcNow():yyyyMMdd'T'HHmmss'Z'}";
        string[] beside = [];
        try
        {
            // Its log must not be there when another file is: SQLite would apply it to that one.
            await SqliteCopy.SettleAsync(path, cancellationToken);
        }
        catch (SqliteException)
        {
            // A damaged database is a reason to restore. It is kept as it lies there.
            beside = ["-wal", "-shm", "-journal"];
        }

        File.Copy(path, kept, overwrite: false);
        foreach (var part in beside.Where(part => File.Exists(path + part)))
        {
            File.Move(path + part, kept + part);
        }

        return kept;
    }

    private static ServiceProvider Services(IConfiguration settings, string path)
    {
        var connection = new SqliteConnectionStringBuilder(GatewayServices.Storage(settings).EffectiveConnectionString) { DataSource = path, Pooling = false };
        var here = new ConfigurationBuilder()
            .AddConfiguration(settings)
            .AddInMemoryCollection([new("Storage:ConnectionString", connection.ConnectionString)])
            .Build();
        var services = new ServiceCollection();
        services.AddLogging(log => log.AddGatewayLog(new LogOptions()).SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None));
        services.AddGateway(here);
        return services.BuildServiceProvider();
    }

    private static Task SayAsync(string sentence) => Console.Out.WriteLineAsync(sentence);

    private static async Task<int> FailAsync(string sentence, int exitCode)
    {
        await Console.Error.WriteLineAsync($"error: {sentence}");
        return exitCode;
    }
}
