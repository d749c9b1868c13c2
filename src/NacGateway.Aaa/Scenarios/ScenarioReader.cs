using System.Globalization;
using System.Text.Json;
using NacGateway.Aaa.Scenarios.Faults;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Aaa.Scenarios;

/// <summary>Reads scenario files: JSON, where comments and trailing commas are allowed.</summary>
internal static class ScenarioReader
{
    private const int MostSteps = 100;
    private const int MostFaults = 20;

    private static readonly JsonDocumentOptions s_options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <exception cref="ScenarioException">The text is no scenario.</exception>
    public static Scenario Read(string text, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(text, s_options);
            var root = new ScenarioObject(document.RootElement, $"{path}: ");
            var name = root.Text("name") ?? Path.GetFileNameWithoutExtension(path);
            List<ScenarioStep> steps = [.. root.List("steps", MostSteps).Select(Step)];
            root.End();
            return new Scenario(name, steps);
        }
        catch (JsonException exception)
        {
            throw new ScenarioException($"{path}:{exception.LineNumber + 1}: {exception.Message.Split(" LineNumber:")[0]} Correct the JSON there.", exception);
        }
        catch (InvalidOperationException exception)
        {
            // Half of a surrogate pair, escaped: JSON allows it, and it is no text.
            throw new ScenarioException($"{path}: a text in it is no Unicode: {exception.Message} Correct its \\u escapes.", exception);
        }
    }

    private static ScenarioStep Step(ScenarioObject step, int index)
    {
        var when = step.Object("when") is { } selection ? Select(selection) : new Selection();
        List<IFault> faults = [];
        foreach (var item in step.List("faults", MostFaults))
        {
            var fault = FaultReader.Read(item);
            if (when.Port == ScenarioPort.Tls && !fault.WorksOverTls)
            {
                throw item.Error($"{fault.Name} makes no sense inside TLS. Delete it, or select another port");
            }

            if (fault is CutFault && when.Port != ScenarioPort.Tls)
            {
                throw item.Error("only a connection can be cut. Give \"when\": { \"port\": \"tls\" }");
            }

            if (fault.Name == FaultReader.Unwritable && when.Port != ScenarioPort.Accounting)
            {
                throw item.Error("only accounting records are written. Give \"when\": { \"port\": \"acct\" }");
            }

            faults.Add(fault);
        }

        var name = step.Text("name") ?? string.Create(CultureInfo.InvariantCulture, $"step {index + 1}");
        step.End();
        return new ScenarioStep(name, when, faults);
    }

    private static Selection Select(ScenarioObject when)
    {
        var selection = new Selection
        {
            Port = Port(when),
            Code = Code(when),
            User = when.Text("user"),
            From = when.Whole("from", 1, int.MaxValue) ?? 1,
            To = when.Whole("to", 1, int.MaxValue),
            Every = when.Whole("every", 1, int.MaxValue) ?? 1,
            PerUser = when.Flag("perUser"),
            Probability = when.Number("probability", 0, 1) ?? 1,
            After = Seconds(when, "afterSeconds") ?? TimeSpan.Zero,
            Until = Seconds(when, "untilSeconds"),
        };
        when.End();
        return selection.To < selection.From ? throw when.Error("to", "it is below from") : selection;
    }

    private static TimeSpan? Seconds(ScenarioObject when, string name) => when.Number(name, 0, 86_400) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static ScenarioPort? Port(ScenarioObject when) => when.Text("port") switch
    {
        null => null,
        { } text when PortName.TryParse(text, out var port) => port,
        _ => throw when.Error("port", $"one of {PortName.Known} is expected"),
    };

    private static RadiusCode? Code(ScenarioObject when)
    {
        RadiusCode[] known = [RadiusCode.AccessRequest, RadiusCode.AccountingRequest, RadiusCode.StatusServer];
        return when.Text("code") is not { } text ? null
            : known.Where(code => PacketPrinter.CodeName(code) == text).Select(code => (RadiusCode?)code).FirstOrDefault()
            ?? throw when.Error("code", $"one of {string.Join(", ", known.Select(PacketPrinter.CodeName))} is expected");
    }
}
