using NacGateway.Web.Hosting.Configuration;

namespace NacGateway.Web.Hosting.Commands;

/// <summary><c>check</c>: judges the configuration and starts nothing.</summary>
internal static class CheckCommand
{
    public static async Task<int> RunAsync(CommandInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!await SettingsCheck.ReportAsync(SettingsCheck.Run(input.File, input.Settings), Console.Error))
        {
            return ExitCode.Usage;
        }

        await Console.Out.WriteLineAsync("The configuration is right.".AsMemory(), cancellationToken);
        return ExitCode.Success;
    }
}
