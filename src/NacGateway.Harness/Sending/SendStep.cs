using NacGateway.Harness.Output;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Transport;

namespace NacGateway.Harness.Sending;

/// <summary>One request and what became of it.</summary>
internal sealed class SendStep
{
    /// <summary>The server, for people.</summary>
    public required string Peer { get; init; }

    /// <summary>The secret, to decipher the reply with.</summary>
    public required byte[] Secret { get; init; }

    public required IOutgoing Request { get; init; }

    /// <summary>The request as it was on the wire.</summary>
    public required RadiusPacket Sent { get; init; }

    /// <summary>The reply that may be believed; null when there is none.</summary>
    public RadiusPacket? Reply { get; init; }

    public required ExchangeStatus Status { get; init; }

    /// <summary>Datagrams sent, retransmissions counted.</summary>
    public required int Sends { get; init; }

    /// <summary>From the first datagram to the reply, or to giving up.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Why there is no connection; null when there is nothing to add to the status.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether TLS proves who answers.</summary>
    public bool IsTls { get; init; }

    /// <summary>Datagrams that were not believed, by reason.</summary>
    public required IReadOnlyDictionary<DropReason, long> Drops { get; init; }

    /// <summary>What the reply proves about itself.</summary>
    public IReadOnlyList<PacketCheck> Checks => field ??= Reply is null ? [] : [.. Verified(Reply)];

    private IEnumerable<PacketCheck> Verified(RadiusPacket reply)
    {
        // No reply comes this far whose digests are not right.
        if (IsTls)
        {
            yield return new PacketCheck("Server certificate", CheckOutcome.Right);
        }

        if (reply.Version == RadiusVersion.Radius10)
        {
            yield return new PacketCheck("Response Authenticator", CheckOutcome.Right);
        }

        if (reply.Attributes.CountOf(RadiusAttributeType.MessageAuthenticator) > 0)
        {
            yield return new PacketCheck("Message-Authenticator", CheckOutcome.Right);
        }
        else if (Sent.Code == RadiusCode.AccessRequest && !IsTls)
        {
            yield return new PacketCheck("Message-Authenticator", CheckOutcome.Missing, "let pass by --allow-missing-message-authenticator; such a reply can be forged");
        }
        else if (!IsTls)
        {
            yield return new PacketCheck("Message-Authenticator", CheckOutcome.Missing, "it need not be there in this reply");
        }

        foreach (var check in Request.Prove(reply, Sent))
        {
            yield return check;
        }
    }
}
