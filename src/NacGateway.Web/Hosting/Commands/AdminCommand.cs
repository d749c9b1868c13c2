using System.CommandLine;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Core.Storage;

namespace NacGateway.Web.Hosting.Commands;

/// <summary><c>admin</c>: the local accounts of administrators, also while a gateway runs. Each change stands in the audit trail as one of the command line.</summary>
internal static class AdminCommand
{
    public static Command Create(Option<FileInfo?> config)
    {
        var role = new Option<DeskRole>("--role") { Description = "Viewer, HelpDesk, FrontDesk, Auditor or Administrator.", HelpName = "ROLE", DefaultValueFactory = _ => DeskRole.Administrator };
        var totp = new Option<bool>("--totp") { Description = "Asks for a code of an authenticator app at each sign-in, too; prints its secret once." };
        var add = Change("add", "Adds an administrator, or opens a closed account again. The password is asked for.", config, (work, parse, ct) => work.AddAsync(parse.GetValue(role), parse.GetValue(totp), ct), readsPassword: true);
        add.Options.Add(role);
        add.Options.Add(totp);

        var wanted = new Argument<DeskRole>("ROLE") { Description = "Viewer, HelpDesk, FrontDesk, Auditor or Administrator." };
        var change = Change("role", "Gives an account another role, and signs out who uses it.", config, (work, parse, ct) => work.ChangeRoleAsync(parse.GetValue(wanted), ct));
        change.Arguments.Add(wanted);

        var off = new Option<bool>("--off") { Description = "Asks for no code any more." };
        var code = Change("totp", "Gives an account a new secret for an authenticator app, printed once, or none.", config, (work, parse, ct) => work.ChangeTotpAsync(!parse.GetValue(off), ct));
        code.Options.Add(off);

        var list = new Command("list", "Prints the local accounts.") { TreatUnmatchedTokensAsErrors = false };
        list.SetAction((parse, cancellation) => RunAsync(new CommandInput(parse.GetValue(config), parse.UnmatchedTokens), name: "", readPassword: null, (work, ct) => work.ListAsync(ct), cancellation));

        return new Command("admin", "Local accounts of administrators.")
        {
            add,
            list,
            Change("close", "Closes an account, and signs out who uses it.", config, (work, _, ct) => work.CloseAsync(ct)),
            Change("password", "Gives an account another password, which is asked for, and signs out who uses it.", config, (work, _, ct) => work.ChangePasswordAsync(ct), readsPassword: true),
            change,
            code,
        };
    }

    private static Command Change(string verb, string description, Option<FileInfo?> config, Func<AdminWork, ParseResult, CancellationToken, Task<int>> run, bool readsPassword = false)
    {
        var name = new Argument<string>("NAME") { Description = "Name of the account." };
        var fromStandardInput = new Option<bool>("--password-stdin") { Description = "Reads the password from standard input, one line. It is never taken from the command line, which everybody on the machine can see." };
        var command = new Command(verb, description) { name };
        if (readsPassword)
        {
            command.Options.Add(fromStandardInput);
        }

        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parse, cancellation) => RunAsync(
            new CommandInput(parse.GetValue(config), parse.UnmatchedTokens),
            parse.GetValue(name)!,
            readsPassword ? () => PasswordPrompt.Read(parse.GetValue(fromStandardInput)) : null,
            (work, ct) => run(work, parse, ct),
            cancellation));
        return command;
    }

    private static Task<int> RunAsync(CommandInput input, string name, Func<string?>? readPassword, Func<AdminWork, CancellationToken, Task<int>> run, CancellationToken cancellationToken) =>
        PolicyCommand.RunAsync(
            input,
            async (services, token) =>
            {
                // Fails with the remedy where there is no schema, before anything would be written.
                await services.GetRequiredService<AdministratorAccounts>().AnyAsync(token);
                var writer = services.GetRequiredService<GatewayWriter>();
                await writer.StartAsync(token);
                try
                {
                    return await run(new AdminWork(services, name, readPassword), token);
                }
                catch (StorageUnavailableException exception)
                {
                    await Console.Error.WriteLineAsync($"error: nothing was changed. {exception.Message} If it is new, run migrate first.");
                    return ExitCode.Failure;
                }
                finally
                {
                    await writer.StopAsync(CancellationToken.None);
                }
            },
            cancellationToken,
            // A name of its own: the writer's mark belongs to the gateway that runs beside.
            services => services.AddSingleton(new GatewayIdentity(AuditEntry.CommandLine)));
}
