using System.Globalization;
using NacGateway.Aaa.Scenarios;

namespace NacGateway.Harness.Serving;

/// <summary>One step of a scenario that applied to a request.</summary>
internal sealed record FaultLine(string Event, string Port, long Number, string UserName, string Step, IReadOnlyList<string> Faults)
{
    public static FaultLine Of(FaultEvent applied) => new("fault", NameOf(applied.Port), applied.Number, applied.UserName, applied.Step, applied.Faults);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"Fault at {Port} request {Number} for {AnswerLine.Quoted(UserName)}, {AnswerLine.Quoted(Step)}: {string.Join(", ", Faults)}");

    private static string NameOf(ScenarioPort port) => port switch
    {
        ScenarioPort.Accounting => "acct",
        ScenarioPort.Tls => "tls",
        _ => "auth",
    };
}
