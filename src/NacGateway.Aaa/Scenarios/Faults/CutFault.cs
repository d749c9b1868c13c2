using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios.Faults;

/// <summary>The RadSec connection ends within the reply.</summary>
internal sealed record CutFault : IFault
{
    public string Name => "cut";

    public bool WorksOverTls => true;

    public IReadOnlyList<Departure> Apply(IReadOnlyList<Departure> planned, FaultInput input) =>
        [.. planned.Take(1).Select(departure => departure with
        {
            Octets = departure.Octets.Length < 2 ? departure.Octets : departure.Octets[..input.Draw.Between(1, departure.Octets.Length - 1)],
            CutsConnection = true,
        })];
}
