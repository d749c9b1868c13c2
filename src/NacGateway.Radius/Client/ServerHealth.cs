using System.Net;
using NacGateway.Radius.Transport;

namespace NacGateway.Radius.Client;

/// <summary>
/// How one server does, for pages and metrics: a snapshot. The counts are those of RFC 4668 and RFC 4670 since the client was made,
/// Status-Server apart.
/// </summary>
public sealed record ServerHealth
{
    /// <summary>Name as configured.</summary>
    public required string Name { get; init; }

    /// <summary>Address and port; each is a server of its own (RFC 5997 section 4.3).</summary>
    public required IPEndPoint EndPoint { get; init; }

    /// <summary>State.</summary>
    public required ServerState State { get; init; }

    /// <summary>When it got into that state (UTC).</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Requests in a row without an answer, questions by Status-Server among them.</summary>
    public required int ConsecutiveFailures { get; init; }

    /// <summary>When the last authentic answer came (UTC); null when none has.</summary>
    public required DateTimeOffset? LastAnswer { get; init; }

    /// <summary>What went wrong last, in words and with the remedy where there is one; null when nothing has.</summary>
    public required string? LastError { get; init; }

    /// <summary>When that was (UTC).</summary>
    public required DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>The last things that went wrong, the newest first; bounded.</summary>
    public IReadOnlyList<ServerError> Errors { get; init; } = [];

    /// <summary>The last changes of the state, the newest first; bounded.</summary>
    public IReadOnlyList<ServerChange> Changes { get; init; } = [];

    /// <summary>From first transmission to answer, over the last 512 answers.</summary>
    public required LatencyPercentiles Latency { get; init; }

    /// <summary>Whether replies must carry Message-Authenticator; true over TLS, which proves more. False is a risk that a page says (CVE-2024-3596).</summary>
    public required bool RequiresMessageAuthenticator { get; init; }

    /// <summary>Whether it is asked over TLS (RFC 6614).</summary>
    public bool IsTls { get; init; }

    /// <summary>TLS: when this gateway's own certificate ends (UTC); null for UDP.</summary>
    public DateTimeOffset? OwnCertificateEnds { get; init; }

    /// <summary>TLS: when the certificate ends that the server showed last and that was believed (UTC); null before the first connection.</summary>
    public DateTimeOffset? PeerCertificateEnds { get; init; }

    /// <summary>Whether the server is asked by Status-Server (RFC 5997).</summary>
    public required bool UsesStatusServer { get; init; }

    /// <summary>Requests, retransmissions not counted.</summary>
    public required long Requests { get; init; }

    /// <summary>Transmissions of the same octets after the first.</summary>
    public required long Retransmissions { get; init; }

    /// <summary>Requests that wait for an answer now.</summary>
    public required long Pending { get; init; }

    /// <summary>Requests that ended without an answer. Those of which another server's answer was taken are <see cref="Abandoned"/>.</summary>
    public required long Timeouts { get; init; }

    /// <summary>Those of <see cref="Timeouts"/> to which replies came that were not believed: another fault than silence, and another remedy.</summary>
    public long Disbelieved { get; init; }

    /// <summary>Requests that nobody waited for any more: another server was faster, or the caller left.</summary>
    public required long Abandoned { get; init; }

    /// <summary>Access-Accepts believed.</summary>
    public required long Accepts { get; init; }

    /// <summary>Access-Rejects believed.</summary>
    public required long Rejects { get; init; }

    /// <summary>Access-Challenges believed.</summary>
    public required long Challenges { get; init; }

    /// <summary>Other answers believed: Accounting-Responses, and ACK and NAK of dynamic authorization.</summary>
    public required long Responses { get; init; }

    /// <summary>Answers to Access-Requests that carried Message-Authenticator.</summary>
    public long SignedAnswers { get; init; }

    /// <summary>Answers to Access-Requests that were believed without Message-Authenticator: over UDP such a one could have been forged.</summary>
    public long UnsignedAnswers { get; init; }

    /// <summary>Protocol-Errors believed (RFC 7930 section 4).</summary>
    public required long ProtocolErrors { get; init; }

    /// <summary>ICMP unreachable and failures to send.</summary>
    public required long Refusals { get; init; }

    /// <summary>Status-Server questions sent.</summary>
    public required long StatusRequests { get; init; }

    /// <summary>Status-Server questions answered.</summary>
    public required long StatusAnswers { get; init; }

    /// <summary>Datagrams not believed, by reason; every reason is there.</summary>
    public required IReadOnlyDictionary<DropReason, long> Drops { get; init; }
}
