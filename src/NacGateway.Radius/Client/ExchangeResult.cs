using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Client;

/// <summary>What became of one request: a reply that may be believed, or why there is none. Never an exception.</summary>
public sealed record ExchangeResult
{
    /// <summary>Outcome.</summary>
    public required ExchangeStatus Status { get; init; }

    /// <summary>The reply that was believed; null unless <see cref="ExchangeStatus.Answered"/> or <see cref="ExchangeStatus.ProtocolError"/>.</summary>
    public RadiusPacket? Reply { get; init; }

    /// <summary>The request as it was sent to the server that answered (its authenticator is needed to decipher attributes); null when nothing was sent.</summary>
    public RadiusPacket? Request { get; init; }

    /// <summary>The server that answered, or the last one asked.</summary>
    public RadiusServerSettings? Server { get; init; }

    /// <summary>Why there is no connection, in words and with the remedy; null when there is nothing to add to the status.</summary>
    public string? Problem { get; init; }

    /// <summary>From first send to outcome, over all servers.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Datagrams sent, retransmissions counted.</summary>
    public int Sends { get; init; }

    /// <summary>Servers that were asked besides <see cref="Server"/>, in the order in which it was known that their answer would not be it.</summary>
    public IReadOnlyList<PassedOverServer> PassedOver { get; init; } = [];
}
