using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios.Faults;

/// <summary>Message-Authenticator is missing or wrong, and the Response Authenticator right for the packet as it is: what an old server sends, and what the BlastRADIUS attack can make.</summary>
internal sealed record MessageAuthenticatorFault(bool IsMissing) : IFault
{
    private const int Bits = 128;

    public string Name => IsMissing ? "missing-message-authenticator" : "wrong-message-authenticator";

    public bool WorksOverTls => false;

    public IReadOnlyList<Departure> Apply(IReadOnlyList<Departure> planned, FaultInput input) => planned.Each(packet =>
    {
        if (IsMissing)
        {
            return ReplyOctets.Sign(ReplyOctets.Without(packet, ReplyOctets.MessageAuthenticator), input);
        }

        var bit = input.Draw.Between(0, Bits - 1);
        var place = ReplyOctets.ValueOf(packet, ReplyOctets.MessageAuthenticator);
        if (place >= 0)
        {
            packet[place + (bit / 8)] ^= (byte)(1 << (bit % 8));
        }

        return ReplyOctets.Sign(packet, input);
    });
}
