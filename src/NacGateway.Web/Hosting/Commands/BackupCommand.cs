using System.CommandLine;
using System.Data.Common;
using NacGateway.Core.Storage;
using NacGateway.Migrations.Sqlite;
using NacGateway.Web.Hosting.Configuration;

namespace NacGateway.Web.Hosting.Commands;

/// <summary><c>backup FILE</c>: a whole copy of the SQLite database, also while a gateway runs on it.</summary>
internal static class BackupCommand
{
    public static Command Create(Option<FileInfo?> config)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The copy; it must not exist yet, unless --force is given." };
        var force = new Option<bool>("--force") { Description = "Replaces FILE, once the new copy is whole." };
        var command = new Command("backup", "Copies the SQLite database to FILE, also while the gateway runs. PostgreSQL has pg_dump.") { file, force };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parse, cancellation) => RunAsync(new CommandInput(parse.GetValue(config), parse.UnmatchedTokens), parse.GetValue(file)!, parse.GetValue(force), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandInput input, FileInfo file, bool force, CancellationToken cancellationToken)
    {
        var verdict = SettingsCheck.Run(input.File, input.Settings);
        if (!await SettingsCheck.ReportAsync(verdict, Console.Error))
        {
            return ExitCode.Usage;
        }

        var storage = GatewayServices.Storage(verdict.Settings);
        if (storage.Provider != StorageProvider.Sqlite)
        {
            await Console.Error.WriteLineAsync("error: backup copies SQLite only. Copy PostgreSQL with pg_dump --format=custom, and bring it back with pg_restore while no gateway runs.");
            return ExitCode.Usage;
        }

        if (file.Exists && !force)
        {
            await Console.Error.WriteLineAsync($"error: {file.FullName} exists already and is not overwritten. Name another file, or say --force.");
            return ExitCode.Failure;
        }

        try
        {
            await SqliteCopy.MakeAsync(storage.EffectiveConnectionString, file.FullName, force, cancellationToken);
            await Console.Out.WriteLineAsync($"Copied to {file.FullName}. Of second factors it holds what the key in Admin:KeyFile (default: desk.key beside the database) has sealed: keep a copy of that file, too, elsewhere than this one.".AsMemory(), cancellationToken);
            return ExitCode.Success;
        }
        catch (Exception exception) when (exception is DbException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"error: the copy failed: {exception.Message} Check Storage:ConnectionString and the folder of {file.FullName}.");
            return ExitCode.Failure;
        }
    }
}
