using NacGateway.Aaa.Tracing;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios;

/// <summary>Puts the faults of one request on its reply, one after the other, and writes down what leaves.</summary>
internal sealed class FaultRoute(ScenarioPort port, long number, IReadOnlyList<(IFault Fault, FaultInput Input)> faults, TraceWriter? trace) : IReplyRoute
{
    public IReadOnlyList<Departure> Plan(ReadOnlyMemory<byte> reply)
    {
        IReadOnlyList<Departure> planned = [new Departure(reply)];
        foreach (var (fault, input) in faults)
        {
            planned = fault.Apply(planned, input);
            planned = planned.Count <= ReplyOctets.MostDepartures ? planned : [.. planned.Take(ReplyOctets.MostDepartures)];
        }

        trace?.Left(port, number, planned);
        return planned;
    }
}
