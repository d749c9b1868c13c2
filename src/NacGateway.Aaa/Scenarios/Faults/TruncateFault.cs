using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios.Faults;

/// <summary>The datagram ends before the packet does; where is drawn unless given.</summary>
internal sealed record TruncateFault(int? Octets) : IFault
{
    public string Name => "truncated";

    public bool WorksOverTls => false;

    public IReadOnlyList<Departure> Apply(IReadOnlyList<Departure> planned, FaultInput input) =>
        planned.Each(packet => packet[..Math.Min(Octets ?? input.Draw.Between(1, packet.Length - 1), packet.Length - 1)], least: 2);
}
