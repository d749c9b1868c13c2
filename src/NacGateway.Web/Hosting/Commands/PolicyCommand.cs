using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Documents;
using NacGateway.Web.Hosting.Configuration;
using NacGateway.Web.Observability;

namespace NacGateway.Web.Hosting.Commands;

/// <summary><c>policy</c>: shows the rules in force, puts others in force, and says what they would decide.</summary>
internal static class PolicyCommand
{
    public static Command Create(Option<FileInfo?> config)
    {
        var show = new Command("show", "Prints the rules in force as JSON.") { TreatUnmatchedTokensAsErrors = false };
        show.SetAction((parse, cancellation) => RunAsync(new CommandInput(parse.GetValue(config), parse.UnmatchedTokens), ShowAsync, cancellation));

        var file = new Argument<FileInfo>("FILE") { Description = "Rules and roles as JSON; seeds/policies.json shows the form." };
        var author = new Option<string>("--by") { Description = "Who makes this version. Default: the user of this machine.", HelpName = "NAME", DefaultValueFactory = _ => Environment.UserName };
        var apply = new Command("apply", "Checks FILE as a whole and makes it the version in force; running gateways follow within seconds. Open sessions keep their limits.") { file, author };
        apply.TreatUnmatchedTokensAsErrors = false;
        apply.SetAction((parse, cancellation) => RunAsync(
            new CommandInput(parse.GetValue(config), parse.UnmatchedTokens),
            (services, token) => ApplyAsync(services, parse.GetValue(file)!.FullName, parse.GetValue(author)!, token),
            cancellation));
        return new Command("policy", "Rules and roles.") { show, apply, PolicyTestCommand.Create(config) };
    }

    /// <summary>Puts the file of the settings into the database, unless an administrator has made other rules.</summary>
    public static Task<int> SeedAsync(CommandInput input, CancellationToken cancellationToken) => RunAsync(input, SeedAsync, cancellationToken);

    /// <summary>Runs something on the services of the gateway, without starting it.</summary>
    public static async Task<int> RunAsync(CommandInput input, Func<IServiceProvider, CancellationToken, Task<int>> run, CancellationToken cancellationToken, Action<IServiceCollection>? replace = null)
    {
        var verdict = SettingsCheck.Run(input.File, input.Settings);
        if (!await SettingsCheck.ReportAsync(verdict, Console.Error))
        {
            return ExitCode.Usage;
        }

        var services = new ServiceCollection();
        services.AddLogging(log => log.AddGatewayLog(new LogOptions()).SetMinimumLevel(LogLevel.Warning)

            // What the database refuses comes as an exception, and is said below in one sentence.
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None));
        services.AddGateway(verdict.Settings);
        replace?.Invoke(services);
        await using var provider = services.BuildServiceProvider();
        try
        {
            return await run(provider, cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"error: the database cannot be used: {exception.GetBaseException().Message} Check Storage:ConnectionString, and run migrate.");
            return ExitCode.Failure;
        }
    }

    private static async Task<int> ShowAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<PolicyStore>().CurrentAsync(cancellationToken) is not { } current)
        {
            await Console.Error.WriteLineAsync("There are no rules in the database.".AsMemory(), cancellationToken);
            return ExitCode.Failure;
        }

        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Version {current.Version}, made by {current.CreatedBy} at {current.CreatedAt:u}"));
        await Console.Out.WriteLineAsync(current.Document.AsMemory(), cancellationToken);
        return ExitCode.Success;
    }

    private static async Task<int> ApplyAsync(IServiceProvider services, string file, string author, CancellationToken cancellationToken)
    {
        if (author.Length is 0 or > 253 || author == PolicyStore.Seed || author.Any(char.IsControl))
        {
            await Console.Error.WriteLineAsync($"error: --by takes a name of 1 to 253 characters other than {PolicyStore.Seed}.");
            return ExitCode.Usage;
        }

        if (!PolicyFile.TryRead(file, out var document, out var errors))
        {
            await WriteAsync(errors);
            return ExitCode.Usage;
        }

        if (!services.GetRequiredService<DeviceKnowledge>().AreKnown && PolicyDocument.TryParse(document, version: 0, out var policy, out _) && policy.RulesOfDevices is { Count: > 0 } rules)
        {
            await Console.Error.WriteLineAsync($"warning: these rules ask for the MAC address of a device, which is not known, so that they never hold: {string.Join(", ", rules)}. Set Enforcement:LanInterfaces:0 to the interface behind which the devices are, or judge by address, calledStation or ssid instead.");
        }

        return await ReportAsync(await services.GetRequiredService<PolicyStore>().ApplyAsync(document, author, cancellationToken));
    }

    private static async Task<int> SeedAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var file = services.GetRequiredService<Microsoft.Extensions.Options.IOptions<PolicyOptions>>().Value.EffectiveFile;
        if (!PolicyFile.TryRead(file, out var document, out var errors))
        {
            await WriteAsync(errors);
            return ExitCode.Failure;
        }

        await Console.Out.WriteLineAsync($"Rules: {file}".AsMemory(), cancellationToken);
        return await ReportAsync(await services.GetRequiredService<PolicyStore>().SeedAsync(document, cancellationToken));
    }

    private static async Task<int> ReportAsync(PolicyApplied applied)
    {
        await WriteAsync(applied.Errors);
        if (applied.Errors.Count == 0)
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Version {applied.Version} of the rules is in force{(applied.IsNew ? "." : ", as before.")}"));
        }

        return applied.Errors.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static async Task WriteAsync(IReadOnlyList<string> errors)
    {
        foreach (var error in errors)
        {
            await Console.Error.WriteLineAsync($"error: {error}");
        }
    }
}
