using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using NacGateway.Core.Accounting;
using NacGateway.Web.Hosting.Configuration;

namespace NacGateway.Web.Hosting.Commands;

/// <summary><c>accounting list</c>, <c>accounting retry ID</c> and <c>accounting discard ID</c>: the records that were set aside as damaged, also while a gateway runs.</summary>
internal static class AccountingCommand
{
    private const int MostShown = 1000;

    public static Command Create(Option<FileInfo?> config)
    {
        var list = new Command("list", "Prints the accounting records that were set aside, each with its reason.") { TreatUnmatchedTokensAsErrors = false };
        list.SetAction((parse, cancellation) => RunAsync(new CommandInput(parse.GetValue(config), parse.UnmatchedTokens), ListAsync, cancellation));

        return new Command("accounting", "Accounting records that were set aside because they are damaged.")
        {
            list,
            OfOne("retry", "Puts a record that was set aside back into the queue; a running gateway takes it up within half a minute.", config, RetryAsync),
            OfOne("discard", "Deletes a record that was set aside, for good.", config, DiscardAsync),
        };
    }

    private static Command OfOne(string name, string description, Option<FileInfo?> config, Func<SetAsideRecords, long, CancellationToken, Task<int>> run)
    {
        var id = new Argument<long>("ID") { Description = "Number of the record, as list prints it." };
        var command = new Command(name, description) { id };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parse, cancellation) =>
        {
            var number = parse.GetValue(id);
            return RunAsync(new CommandInput(parse.GetValue(config), parse.UnmatchedTokens), (records, ct) => run(records, number, ct), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandInput input, Func<SetAsideRecords, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        var verdict = SettingsCheck.Run(input.File, input.Settings);
        if (!await SettingsCheck.ReportAsync(verdict, Console.Error))
        {
            return ExitCode.Usage;
        }

        var services = new ServiceCollection();
        services.AddGateway(verdict.Settings);
        await using var provider = services.BuildServiceProvider();
        try
        {
            return await run(provider.GetRequiredService<SetAsideRecords>(), cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or TimeoutException or IOException)
        {
            await Console.Error.WriteLineAsync($"error: the database does not answer: {exception.GetBaseException().Message} Check Storage:ConnectionString, and run migrate if it is new.");
            return ExitCode.Failure;
        }
    }

    private static async Task<int> ListAsync(SetAsideRecords records, CancellationToken cancellationToken)
    {
        var (count, first) = await records.ListAsync(MostShown, cancellationToken);
        foreach (var record in first)
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{record.Id}  {record.Status} of {record.AcctSessionId}  {record.At:u}  {record.Reason}"));
        }

        await Console.Out.WriteLineAsync(count == 0 ? "No record is set aside." : count > first.Count ? $"The first {first.Count} of {count}." : $"{count} set aside.");
        return ExitCode.Success;
    }

    private static async Task<int> RetryAsync(SetAsideRecords records, long id, CancellationToken cancellationToken)
    {
        switch (await records.PutBackAsync(id, cancellationToken))
        {
            case PutBackOutcome.Waits:
                await Console.Out.WriteLineAsync($"Record {id} waits for delivery again.");
                return ExitCode.Success;
            case PutBackOutcome.TooLate:
                await Console.Error.WriteLineAsync($"error: record {id} is an Accounting-On or Accounting-Off of the past: a server that read it now would end the sessions that have begun since. Delete it by nacgateway accounting discard {id}.");
                return ExitCode.Failure;
            default:
                return await UnknownAsync(id);
        }
    }

    private static async Task<int> DiscardAsync(SetAsideRecords records, long id, CancellationToken cancellationToken)
    {
        if (!await records.DiscardAsync(id, cancellationToken))
        {
            return await UnknownAsync(id);
        }

        await Console.Out.WriteLineAsync($"Record {id} is deleted.");
        return ExitCode.Success;
    }

    private static async Task<int> UnknownAsync(long id)
    {
        await Console.Error.WriteLineAsync($"error: no record {id} is set aside. See nacgateway accounting list.");
        return ExitCode.Failure;
    }
}
