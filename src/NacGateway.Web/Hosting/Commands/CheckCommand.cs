using NacGateway.Web.Hosting.Configuration;

namespace NacGateway.Web.Hosting.Commands;

/// <summary><c>check</c>: judges the configuration, names what was changed over it at the desk, and starts nothing.</summary>
internal static class CheckCommand
{
    public static async Task<int> RunAsync(CommandInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var verdict = SettingsCheck.Run(input.File, input.Settings);
        if (!await SettingsCheck.ReportAsync(verdict, Console.Error))
        {
            return ExitCode.Usage;
        }

        foreach (var warning in FileModes.Warnings(verdict.Sources, verdict.Settings))
        {
            await Console.Error.WriteLineAsync($"warning: {warning}");
        }

        await ChangedSettings.ReportAsync(verdict.Settings, Console.Out, cancellationToken);

        await Console.Out.WriteLineAsync("The configuration is right.".AsMemory(), cancellationToken);
        return ExitCode.Success;
    }
}
