using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios.Faults;

/// <summary>The reply comes from another port than the request went to (RFC 2865 section 3 has the client compare).</summary>
internal sealed record OtherPortFault : IFault
{
    public string Name => "wrong-source-port";

    public bool WorksOverTls => false;

    public IReadOnlyList<Departure> Apply(IReadOnlyList<Departure> planned, FaultInput input) => [.. planned.Select(departure => departure with { FromOtherPort = true })];
}
