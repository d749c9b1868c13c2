using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios.Faults;

/// <summary>The reply comes several times, the copies a gap apart.</summary>
internal sealed record DuplicateFault(int Copies, int GapMilliseconds) : IFault
{
    public string Name => "duplicate";

    public bool WorksOverTls => true;

    public IReadOnlyList<Departure> Apply(IReadOnlyList<Departure> planned, FaultInput input) =>
    [
        .. Enumerable.Range(0, Copies + 1)
            .SelectMany(copy => planned.Select(departure => departure with { Delay = departure.Delay + TimeSpan.FromMilliseconds((double)copy * GapMilliseconds) }))
            .Take(ReplyOctets.MostDepartures),
    ];
}
