using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using NacGateway.Core.Audit;
using NacGateway.Core.Storage;
using NacGateway.Web.Desk.Trail;

namespace NacGateway.Web.Hosting.Commands;

/// <summary><c>audit verify</c>: walks the audit trail, also while a gateway runs, and says where it is not as it was written.</summary>
internal static class AuditCommand
{
    public static Command Create(Option<FileInfo?> config)
    {
        var readOnly = new Option<bool>("--read-only") { Description = "Leaves no line about it in the trail, such as for a copy." };
        var expect = new Option<string?>("--expect") { Description = "A line that was noted down after an earlier run and must still be there: the only proof against who can write a whole new trail into the database.", HelpName = "LINE:HASH" };
        var verify = new Command("verify", "Walks the whole audit trail. Exit code 0 when it is whole, 1 when a line is changed, missing or put in (the first one is named), 2 when it could not be read.") { readOnly, expect };
        verify.TreatUnmatchedTokensAsErrors = false;
        verify.SetAction((parse, cancellation) => VerifyAsync(new CommandInput(parse.GetValue(config), parse.UnmatchedTokens), parse.GetValue(expect), parse.GetValue(readOnly), cancellation));
        return new Command("audit", "The audit trail of administrators.") { verify };
    }

    private static async Task<int> VerifyAsync(CommandInput input, string? expected, bool readOnly, CancellationToken cancellationToken)
    {
        AuditMark? noted = null;
        if (expected is not null && !AuditMark.TryParse(expected, out noted))
        {
            await Console.Error.WriteLineAsync("error: --expect takes a line as an earlier run printed it: its number, a colon, and 64 hexadecimal digits.".AsMemory(), cancellationToken);
            return ExitCode.Usage;
        }

        return await PolicyCommand.RunAsync(
            input,
            (services, token) => VerifyAsync(services, noted, readOnly, token),
            cancellationToken,
            // A name of its own: the writer's mark belongs to the gateway that runs beside.
            services => services.AddSingleton(new GatewayIdentity(AuditEntry.CommandLine)));
    }

    private static async Task<int> VerifyAsync(IServiceProvider services, AuditMark? noted, bool readOnly, CancellationToken cancellationToken)
    {
        AuditVerdict verdict;
        try
        {
            var progress = new VerifyProgress(Console.Error, services.GetRequiredService<TimeProvider>());
            verdict = await services.GetRequiredService<AuditVerification>().RunAsync(noted, progress, cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or IOException)
        {
            await Console.Error.WriteLineAsync($"error: the audit trail cannot be read: {exception.GetBaseException().Message} Check Storage:ConnectionString, and run migrate if it is new.");
            return ExitCode.Usage;
        }

        await (verdict.IsWhole ? Console.Out : Console.Error).WriteLineAsync(verdict.ToString());
        if (verdict.Last is { } last)
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Last line: {last}"));
        }

        if (!readOnly && !verdict.IsEndGone)
        {
            await RecordAsync(services, verdict);
        }

        return verdict.IsWhole ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>What was found counts, whether it can be written down or not.</summary>
    private static async Task RecordAsync(IServiceProvider services, AuditVerdict verdict)
    {
        var writer = services.GetRequiredService<GatewayWriter>();
        await writer.StartAsync(CancellationToken.None);
        try
        {
            await services.GetRequiredService<AuditLog>().RecordAsync(
                new AuditEntry { Actor = AuditEntry.CommandLine, Action = TrailCheck.Action, Outcome = verdict.IsWhole ? "done" : "failed", Detail = verdict.ToString() },
                CancellationToken.None);
        }
        catch (StorageUnavailableException exception)
        {
            await Console.Error.WriteLineAsync($"warning: the trail has no line about this: {exception.Message}");
        }
        finally
        {
            await writer.StopAsync(CancellationToken.None);
        }
    }
}
