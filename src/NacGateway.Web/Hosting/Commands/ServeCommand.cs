using NacGateway.Web.Hosting.Configuration;

namespace NacGateway.Web.Hosting.Commands;

/// <summary><c>serve</c>: refuses a wrong configuration with every error at once, otherwise runs until it is told to stop.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(CommandInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var verdict = SettingsCheck.Run(input.File, input.Settings);
        return await SettingsCheck.ReportAsync(verdict, Console.Error)
            ? await GatewayHost.RunAsync(verdict, started: null, cancellationToken)
            : ExitCode.Usage;
    }
}
