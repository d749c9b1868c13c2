using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios.Faults;

/// <summary>
/// What the BlastRADIUS attack yields (CVE-2024-3596): a rejection or challenge turned into an Access-Accept whose Response Authenticator
/// is right. The attacker finds it as a collision of MD5 with his octets in Proxy-State, without the secret; we have the secret and need no
/// collision, and the packet that arrives is the same. He cannot make a Message-Authenticator: there is none, or that of the rejection.
/// </summary>
internal sealed record BlastRadiusFault(bool KeepsMessageAuthenticator) : IFault
{
    private const int CollisionLength = 240;
    private const int Collisions = 2;

    public string Name => "blastradius";

    public bool WorksOverTls => false;

    public IReadOnlyList<Departure> Apply(IReadOnlyList<Departure> planned, FaultInput input) => planned.Each(packet =>
    {
        if ((RadiusCode)packet[0] is not (RadiusCode.AccessReject or RadiusCode.AccessChallenge))
        {
            return packet;
        }

        var place = KeepsMessageAuthenticator ? ReplyOctets.ValueOf(packet, ReplyOctets.MessageAuthenticator) - 2 : -1;
        List<byte> forged = [(byte)RadiusCode.AccessAccept, .. packet[1..ReplyOctets.Header]];
        if (place >= 0)
        {
            forged.AddRange(packet.AsSpan(place, packet[place + 1]));
        }

        for (var i = 0; i < Collisions; i++)
        {
            forged.AddRange([ReplyOctets.ProxyState, CollisionLength + 2, .. input.Draw.Octets(CollisionLength)]);
        }

        return ReplyOctets.Sign(ReplyOctets.WithLength([.. forged]), input);
    });
}
