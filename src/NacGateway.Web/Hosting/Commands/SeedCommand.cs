using NacGateway.Web.Gate.Probes;

namespace NacGateway.Web.Hosting.Commands;

/// <summary><c>seed</c>: migrates, checks the probe table, which is read from its file at each start, and copies the rules into the database unless an administrator has made others.</summary>
internal static class SeedCommand
{
    public static async Task<int> RunAsync(CommandInput input, CancellationToken cancellationToken)
    {
        var migrated = await MigrateCommand.RunAsync(input, cancellationToken);
        if (migrated != ExitCode.Success)
        {
            return migrated;
        }

        if (ProbeTable.TryLoad(ProbeTable.DefaultFile, out var errors) is null)
        {
            foreach (var error in errors)
            {
                await Console.Error.WriteLineAsync($"error: {error}");
            }

            return ExitCode.Failure;
        }

        await Console.Out.WriteLineAsync($"Probe table: {ProbeTable.DefaultFile}".AsMemory(), cancellationToken);
        return await PolicyCommand.SeedAsync(input, cancellationToken);
    }
}
