using NacGateway.Harness.Output;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Probing;

/// <summary>A request as it should be, and something added to it or taken from it.</summary>
/// <param name="inner">The request.</param>
/// <param name="change">The change; null for none.</param>
internal sealed class ProbeRequest(IOutgoing inner, Action<RadiusPacket>? change) : IOutgoing
{
    public RadiusCode Code => inner.Code;

    public void Fill(RadiusPacket request, byte[] secret)
    {
        inner.Fill(request, secret);
        change?.Invoke(request);
    }

    public IEnumerable<PacketCheck> Prove(RadiusPacket reply, RadiusPacket sent) => inner.Prove(reply, sent);

    public IOutgoing? Next(RadiusPacket reply) => null;
}
