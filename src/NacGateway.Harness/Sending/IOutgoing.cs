using NacGateway.Harness.Output;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Sending;

/// <summary>What a request says. It is filled anew for each packet, because hiding depends on the packet's authenticator.</summary>
internal interface IOutgoing
{
    RadiusCode Code { get; }

    /// <summary>Adds the attributes. Of Access-Request and Status-Server the authenticator is set, of the others it is still zero.</summary>
    void Fill(RadiusPacket request, byte[] secret);

    /// <summary>What a reply proves beyond its digests.</summary>
    IEnumerable<PacketCheck> Prove(RadiusPacket reply, RadiusPacket sent);

    /// <summary>The request that goes on where a reply asks for more; null when the reply is the outcome.</summary>
    IOutgoing? Next(RadiusPacket reply);
}
