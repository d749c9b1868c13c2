using NacGateway.Harness.Output;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Sending;

/// <summary>A request of attributes alone: accounting, Status-Server, CoA and Disconnect.</summary>
internal sealed record PlainRequest : IOutgoing
{
    public required RadiusCode Code { get; init; }

    public required GivenAttributes Attributes { get; init; }

    /// <summary>Whether a Message-Authenticator is put in front.</summary>
    public required bool IsSigned { get; init; }

    /// <summary>Whether nothing is added to what was given.</summary>
    public bool AsGiven { get; init; }

    /// <summary>Adds what the kind of request needs and was not given; null for nothing.</summary>
    public Action<RadiusPacket>? Complete { get; init; }

    public void Fill(RadiusPacket request, byte[] secret)
    {
        if (IsSigned)
        {
            request.AddMessageAuthenticator();
        }

        Attributes.AddTo(request, secret);
        if (!AsGiven)
        {
            Complete?.Invoke(request);
        }
    }

    public IEnumerable<PacketCheck> Prove(RadiusPacket reply, RadiusPacket sent) => [];

    public IOutgoing? Next(RadiusPacket reply) => null;
}
