using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios.Faults;

/// <summary>The reply comes later, as the distribution says.</summary>
internal sealed record DelayFault(Distribution Distribution) : IFault
{
    public string Name => "delay";

    public bool WorksOverTls => true;

    public IReadOnlyList<Departure> Apply(IReadOnlyList<Departure> planned, FaultInput input)
    {
        var delay = Distribution.Of(input.Draw);
        return [.. planned.Select(departure => departure with { Delay = departure.Delay + delay })];
    }
}
