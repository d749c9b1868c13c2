using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using NacGateway.Core.Enforcement;
using NacGateway.Core.Storage;
using NacGateway.Web.Hosting.Configuration;
using NacGateway.Web.Observability;

namespace NacGateway.Web.Hosting.Commands;

/// <summary><c>enforcement show</c>, <c>plan</c> and <c>flush</c>: what the kernel lets through, what other settings would make of it, and away with it.</summary>
internal static class EnforcementCommand
{
    private const int MostShown = 50;

    public static Command Create(Option<FileInfo?> config)
    {
        var rules = new Option<bool>("--rules") { Description = "Print the rules, too, in the language of nft." };
        var show = new Command("show", "Prints what the kernel lets through now.") { rules };
        show.TreatUnmatchedTokensAsErrors = false;
        show.SetAction((parse, cancellation) =>
        {
            var withRules = parse.GetValue(rules);
            return RunAsync(new CommandInput(parse.GetValue(config), parse.UnmatchedTokens), (inspector, _, _) => ShowAsync(inspector, withRules), cancellation);
        });
        var plan = new Command("plan", "Prints what these settings (--config FILE, or --Section:Key=value) would change in the kernel and for open sessions. Nothing is changed.") { TreatUnmatchedTokensAsErrors = false };
        plan.SetAction((parse, cancellation) => RunAsync(new CommandInput(parse.GetValue(config), parse.UnmatchedTokens), PlanAsync, cancellation));

        var force = new Option<bool>("--force") { Description = "Delete it although a gateway may be running, which would put it back." };
        var flush = new Command("flush", "Deletes the gateway's table from the kernel, and nothing of others: whatever else lets through is open then.") { force };
        flush.TreatUnmatchedTokensAsErrors = false;
        flush.SetAction((parse, cancellation) =>
        {
            var isForced = parse.GetValue(force);
            return RunAsync(new CommandInput(parse.GetValue(config), parse.UnmatchedTokens), (inspector, services, ct) => FlushAsync(inspector, services, isForced, ct), cancellation);
        });
        return new Command("enforcement", "What the kernel lets through (Enforcement:Mode Nftables). Needs CAP_NET_ADMIN.") { show, plan, flush };
    }

    private static async Task<int> RunAsync(CommandInput input, Func<IEnforcementInspector, IServiceProvider, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
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
            return await run(provider.GetRequiredService<IEnforcementInspector>(), provider, cancellationToken);
        }
        catch (EnforcementException exception)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
            return ExitCode.Failure;
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or TimeoutException or IOException)
        {
            await Console.Error.WriteLineAsync($"error: the database does not answer: {exception.GetBaseException().Message} Check Storage:ConnectionString.");
            return ExitCode.Failure;
        }
    }

    private static async Task<int> ShowAsync(IEnforcementInspector inspector, bool withRules)
    {
        var report = inspector.Show();
        if (!report.Exists)
        {
            await Console.Out.WriteLineAsync("The kernel has no table inet nacgateway: nothing is enforced in it.");
            return ExitCode.Success;
        }

        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Table inet nacgateway: {report.Devices4} IPv4 and {report.Devices6} IPv6 addresses are let through, {report.Bounded} of them with a rate or destinations of a role."));
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Its counters hold {report.InputOctets} octets from devices and {report.OutputOctets} to them."));
        if (withRules)
        {
            await Console.Out.WriteLineAsync(report.Rules.TrimEnd());
        }

        return ExitCode.Success;
    }

    private static async Task<int> PlanAsync(IEnforcementInspector inspector, IServiceProvider services, CancellationToken cancellationToken)
    {
        var forecast = await inspector.PlanAsync(cancellationToken);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{forecast.Stay} addresses of open sessions go on as they are."));
        await ListAsync("would be let through", forecast.Open);
        await ListAsync("would go on under other bounds", forecast.Change);
        await ListAsync("would be let through no more", forecast.Close);
        if (forecast.Rules is null)
        {
            await Console.Out.WriteLineAsync("The rules cannot be compared without root: the kernel must read the new ones in a namespace of their own.");
        }
        else
        {
            await Console.Out.WriteLineAsync(forecast.Rules.Count == 0 ? "The rules stay as they are." : "The rules change, at once and without a gap:");
            foreach (var line in forecast.Rules)
            {
                await Console.Out.WriteLineAsync($"  {line}");
            }
        }

        return ExitCode.Success;
    }

    private static async Task ListAsync(string what, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{lines.Count} {what}:"));
        foreach (var line in lines.Take(MostShown))
        {
            await Console.Out.WriteLineAsync($"  {line}");
        }

        if (lines.Count > MostShown)
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  and {lines.Count - MostShown} more"));
        }
    }

    private static async Task<int> FlushAsync(IEnforcementInspector inspector, IServiceProvider services, bool isForced, CancellationToken cancellationToken)
    {
        if (!isForced)
        {
            try
            {
                await services.GetRequiredService<GatewayRun>().RefuseWhileRunningAsync(cancellationToken);
            }
            catch (GatewayRunsException)
            {
                await Console.Error.WriteLineAsync("error: a gateway runs, and would put the table back at once. Stop it first, set Enforcement:Mode to ProxyOnly, or say --force.");
                return ExitCode.Failure;
            }
        }

        await Console.Out.WriteLineAsync(inspector.Flush() ? "The table inet nacgateway is deleted: the gateway keeps nobody out any more." : "There was no table inet nacgateway.");
        return ExitCode.Success;
    }
}
