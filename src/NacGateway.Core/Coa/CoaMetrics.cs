using System.Diagnostics.Metrics;

namespace NacGateway.Core.Coa;

/// <summary>Answers by kind and cause, and authentic requests that got none. What was not authentic, the listener counts itself.</summary>
internal sealed class CoaMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "NacGateway.Coa";

    private readonly Counter<long> _answers;
    private readonly Counter<long> _dropped;

    public CoaMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _answers = meter.CreateCounter<long>("nacgateway.coa.answers", "{answer}", "Disconnect-Requests and CoA-Requests answered, by answer and Error-Cause.");
        _dropped = meter.CreateCounter<long>("nacgateway.coa.dropped", "{request}", "Authentic requests dropped without an answer, by reason.");
    }

    public void Answered(CoaAnswer answer) => _answers.Add(
        1,
        new KeyValuePair<string, object?>("answer", answer.Code.ToString()),
        new KeyValuePair<string, object?>("cause", answer.Cause.ToString()),
        new KeyValuePair<string, object?>("repeated", answer.IsRepeated));

    public void Dropped(CoaDrop reason) => _dropped.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
}
