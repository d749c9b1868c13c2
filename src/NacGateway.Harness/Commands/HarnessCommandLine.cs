using System.CommandLine;
using System.CommandLine.Help;

namespace NacGateway.Harness.Commands;

/// <summary>The program's verbs. Each is one class; this one only names them and turns mistakes of usage into exit code 2.</summary>
internal static class HarnessCommandLine
{
    private const string Description =
        "The RADIUS harness of NacGateway: a server and a client for trying out, and a reader of packets.\n\n"
        + "Exit codes: 0 as expected, 1 not as expected, 2 usage, 3 no answer. Results go to standard output, errors to standard error.";

    public static async Task<int> RunAsync(string[] args)
    {
        var json = new Option<bool>("--json") { Description = "Print results as JSON, one object a line.", Recursive = true };
        var decode = DecodeCommand.Create(json);
        var examples = new Dictionary<Command, string>();
        var send = SendCommands.Create(json, examples);
        var aaa = AaaCommand.Create(json);
        var nas = NasCommand.Create(json);
        var load = LoadCommand.Create(json);
        var probe = ProbeCommand.Create(json);
        var root = new RootCommand(Description) { json, aaa, send, nas, load, probe, decode };
        var help = root.Options.OfType<HelpOption>().Single();
        examples.Add(root, SendAuthCommand.Example);
        examples.Add(aaa, AaaCommand.Example);
        examples.Add(nas, NasCommand.Example);
        examples.Add(load, LoadCommand.Example);
        examples.Add(probe, ProbeCommand.Example);
        examples.Add(decode, DecodeCommand.Example);
        help.Action = new ExampleHelp((HelpAction)help.Action!, examples);

        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count != 0 && parsed.Action is not ExampleHelp)
        {
            return await FailAsync(Errors(parsed), parsed);
        }

        try
        {
            // The verbs end on Ctrl+C and SIGTERM by their cancellation token, and take the time that a clean end needs.
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10), EnableDefaultExceptionHandler = false });
        }
        catch (UsageException exception)
        {
            return await FailAsync([exception.Message], parsed);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("error: ended before there was an outcome.");
            return ExitCode.NoAnswer;
        }
        catch (IOException exception)
        {
            // A file, or standard output, that took the first lines and not the last.
            await Console.Error.WriteLineAsync($"error: what was to be written could not be: {exception.Message}");
            return ExitCode.Usage;
        }
    }

    /// <summary>The parser's errors, but a word too many is not repeated: it may be a password that was typed in the wrong place.</summary>
    private static IEnumerable<string> Errors(ParseResult parsed)
    {
        var tokens = parsed.UnmatchedTokens;
        var unmatched = tokens.Select(token => token.StartsWith("--", StringComparison.Ordinal)
            ? $"There is no option {token.Split(['=', ':'])[0]} here."
            : "A word on the command line belongs to nothing (it is not repeated here: it may be a secret). Quote values with spaces.");
        return unmatched.Distinct(StringComparer.Ordinal)
            .Concat(parsed.Errors.Select(error => error.Message).Where(message => !tokens.Any(token => message.Contains($"'{token}'", StringComparison.Ordinal))));
    }

    private static async Task<int> FailAsync(IEnumerable<string> errors, ParseResult parsed)
    {
        foreach (var error in errors)
        {
            await Console.Error.WriteLineAsync($"error: {error}");
        }

        await Console.Error.WriteLineAsync($"See {Name(parsed.CommandResult.Command)} --help.");
        return ExitCode.Usage;
    }

    private static string Name(Command command)
    {
        var parent = command.Parents.OfType<Command>().FirstOrDefault();
        return parent is null ? "nac-harness" : $"{Name(parent)} {command.Name}";
    }
}
