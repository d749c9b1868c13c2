using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios.Faults;

/// <summary>The reply has another Identifier than its request, and digests that are right for it.</summary>
internal sealed record WrongIdentifierFault : IFault
{
    public string Name => "wrong-identifier";

    public bool WorksOverTls => false;

    public IReadOnlyList<Departure> Apply(IReadOnlyList<Departure> planned, FaultInput input) => planned.Each(packet =>
    {
        packet[1] += (byte)input.Draw.Between(1, byte.MaxValue);
        return ReplyOctets.SignBoth(packet, input);
    });
}
