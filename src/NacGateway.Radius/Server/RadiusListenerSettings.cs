using System.Net;

namespace NacGateway.Radius.Server;

/// <summary>Where a <see cref="RadiusServer"/> listens, and for whom.</summary>
public sealed record RadiusListenerSettings
{
    /// <summary>Address and port; port 0 picks a free one, named by <see cref="RadiusServer.EndPoint"/>.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>The clients that are answered; a datagram from anyone else is dropped (RFC 2865 section 3).</summary>
    public required IReadOnlyList<NasEntry> Nas { get; init; }

    /// <summary>How long an answer is kept for retransmissions of its request (RFC 5080 section 2.2.2); default 10 seconds.</summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests handled at a time; one more is dropped, and its sender sends again. Default 1024.</summary>
    public int MaxPending { get; init; } = 1024;

    /// <summary>Answers kept for retransmissions; beyond, the oldest is forgotten. Default 16384.</summary>
    public int MaxKeptReplies { get; init; } = 16384;

    /// <summary>
    /// Whether an Access-Request that lacks its Message-Authenticator is told so by a rejection with Error-Cause 510, once a second at most;
    /// default false. For finding out why a client is not served, not for every day (draft-ietf-radext-deprecating-radius section 5.3.3).
    /// </summary>
    public bool TellsMissingMessageAuthenticator { get; init; }

    /// <summary>What may lose and change what passes, for trying out clients; default nothing.</summary>
    public IServerWire? Wire { get; init; }
}
