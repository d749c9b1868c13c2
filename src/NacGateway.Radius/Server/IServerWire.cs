using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Server;

/// <summary>
/// Stands between a server and its clients and may lose or change what passes: a tool for trying out how clients bear faults and for
/// recording what was said. A server for a real network has none. Called concurrently; it must not block.
/// </summary>
public interface IServerWire
{
    /// <summary>Takes a verified request, retransmissions included, before it is looked up and handled.</summary>
    /// <param name="request">The request.</param>
    /// <param name="octets">The same as it came; valid during the call only.</param>
    /// <param name="nas">Whose it is.</param>
    /// <returns>What becomes of its reply, or null: as if the request had never arrived.</returns>
    IReplyRoute? Take(RadiusPacket request, ReadOnlySpan<byte> octets, NasEntry nas);

    /// <summary>Sees what came from a client and was not taken for a request.</summary>
    /// <param name="octets">As it came; valid during the call only.</param>
    /// <param name="nas">Whose address it came from.</param>
    /// <param name="reason">Why it was dropped.</param>
    void Refuse(ReadOnlySpan<byte> octets, NasEntry nas, RadiusDropReason reason);
}
