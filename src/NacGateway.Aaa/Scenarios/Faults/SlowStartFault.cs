using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios.Faults;

/// <summary>In the first time after each start the server is silent, or slow.</summary>
internal sealed record SlowStartFault(TimeSpan Within, TimeSpan? Delay) : IFault
{
    public string Name => "slow-start";

    public bool WorksOverTls => true;

    public bool LosesRequest(FaultInput input) => Delay is null && input.SinceStart < Within;

    public IReadOnlyList<Departure> Apply(IReadOnlyList<Departure> planned, FaultInput input) =>
        Delay is { } delay && input.SinceStart < Within ? [.. planned.Select(departure => departure with { Delay = departure.Delay + delay })] : planned;
}
