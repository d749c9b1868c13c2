using System.CommandLine;

namespace NacGateway.Web.Hosting.Commands;

/// <summary>The program's commands. Each is one class; this one only names them and turns mistakes of usage into exit code 2.</summary>
internal static class GatewayCommandLine
{
    /// <summary>Where settings may come from, said once for every command's help.</summary>
    private const string Settings =
        "Settings: appsettings.json in the working directory or --config FILE, then environment variables NACGATEWAY__SECTION__KEY, "
        + "then --Section:Key=value on the command line; the later wins. appsettings.example.json names every key.";

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("NacGateway, a RADIUS-backed network access gateway. Without a command it serves.\n\n" + Settings);
        var config = new Option<FileInfo?>("--config") { Description = "Settings file (JSON). Default: appsettings.json in the working directory.", HelpName = "FILE", Recursive = true };
        root.Options.Add(config);
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction((parse, cancellation) => ServeCommand.RunAsync(new CommandInput(parse.GetValue(config), parse.UnmatchedTokens), cancellation));

        root.Subcommands.Add(WithSettings("serve", "Runs gate, portal and admin listener until it is told to stop (default).", config, ServeCommand.RunAsync));
        root.Subcommands.Add(Demo.DemoCommand.Create());
        root.Subcommands.Add(WithSettings("check", "Validates the configuration and prints every error with its key and remedy; exit code 2 if there is one.", config, CheckCommand.RunAsync));
        root.Subcommands.Add(WithSettings("migrate", "Brings the database to this version's schema.", config, MigrateCommand.RunAsync));
        root.Subcommands.Add(WithSettings("seed", "Checks the probe table, and puts the rules of Policy:File into the database unless an administrator has made others.", config, SeedCommand.RunAsync));
        root.Subcommands.Add(DiscoveryCommand.Create(config));
        root.Subcommands.Add(BackupCommand.Create(config));
        root.Subcommands.Add(RestoreCommand.Create(config));
        root.Subcommands.Add(PolicyCommand.Create(config));
        root.Subcommands.Add(AccountingCommand.Create(config));
        root.Subcommands.Add(EnforcementCommand.Create(config));
        root.Subcommands.Add(AdminCommand.Create(config));
        root.Subcommands.Add(AuditCommand.Create(config));

        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count != 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"error: {error.Message}");
            }

            await Console.Error.WriteLineAsync("See nacgateway --help.");
            return ExitCode.Usage;
        }

        // The host ends on SIGTERM and Ctrl+C by itself, and takes the time that a clean end needs.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static Command WithSettings(string name, string description, Option<FileInfo?> config, Func<CommandInput, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description) { TreatUnmatchedTokensAsErrors = false };
        command.SetAction((parse, cancellation) => run(new CommandInput(parse.GetValue(config), parse.UnmatchedTokens), cancellation));
        return command;
    }
}
