using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NacGateway.Harness.Commands;

/// <summary>The parser's help, with an example of the verb below.</summary>
internal sealed class ExampleHelp(HelpAction help, IReadOnlyDictionary<Command, string> examples) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var result = help.Invoke(parseResult);
        if (examples.TryGetValue(parseResult.CommandResult.Command, out var example))
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Example:");
            output.WriteLine("  " + example.ReplaceLineEndings("\n  "));
            output.WriteLine();
        }

        return result;
    }
}
