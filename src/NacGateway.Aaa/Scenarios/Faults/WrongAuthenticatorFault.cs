using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios.Faults;

/// <summary>One bit of the Response Authenticator is wrong; all else is right.</summary>
internal sealed record WrongAuthenticatorFault : IFault
{
    private const int Bits = 128;

    public string Name => "wrong-authenticator";

    public bool WorksOverTls => false;

    public IReadOnlyList<Departure> Apply(IReadOnlyList<Departure> planned, FaultInput input) => planned.Each(packet =>
    {
        var bit = input.Draw.Between(0, Bits - 1);
        packet[ReplyOctets.Authenticator + (bit / 8)] ^= (byte)(1 << (bit % 8));
        return packet;
    });
}
