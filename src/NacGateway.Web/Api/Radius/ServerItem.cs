using NacGateway.Web.Desk.Radius;

namespace NacGateway.Web.Api.Radius;

/// <summary>A RADIUS server at one of its ports. Counts are since the gateway was started; what is not known is null.</summary>
public sealed record ServerItem
{
    /// <summary>Name as configured.</summary>
    public required string Name { get; init; }

    /// <summary>For what it is asked at this port.</summary>
    public required ServerRole Role { get; init; }

    /// <summary>Lower is asked first.</summary>
    public required int Order { get; init; }

    /// <summary>Address and port; null while the name is not resolved.</summary>
    public string? EndPoint { get; init; }

    /// <summary>Whether it is asked over TLS.</summary>
    public bool? Tls { get; init; }

    /// <summary>How it does.</summary>
    public required ServerStanding State { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When the last authentic answer came.</summary>
    public DateTimeOffset? LastAnswer { get; init; }

    /// <summary>Median time to the answer, in milliseconds, over the last 512 answers.</summary>
    public double? P50 { get; init; }

    /// <summary>95th percentile of the same.</summary>
    public double? P95 { get; init; }

    /// <summary>99th percentile of the same.</summary>
    public double? P99 { get; init; }

    /// <summary>Requests, retransmissions not counted.</summary>
    public long? Requests { get; init; }

    /// <summary>Requests to which only replies came that were not believed.</summary>
    public long? Disbelieved { get; init; }

    /// <summary>Requests to which nothing came.</summary>
    public long? Timeouts { get; init; }

    /// <summary>Access-Accepts.</summary>
    public long? Accepts { get; init; }

    /// <summary>Access-Rejects.</summary>
    public long? Rejects { get; init; }

    /// <summary>Access-Challenges.</summary>
    public long? Challenges { get; init; }

    /// <summary>Accounting-Responses.</summary>
    public long? Acknowledged { get; init; }

    /// <summary>Replies that were not believed, by reason.</summary>
    public IReadOnlyDictionary<string, long>? NotBelieved { get; init; }

    /// <summary>How Message-Authenticator stands, in words.</summary>
    public required string MessageAuthenticator { get; init; }

    /// <summary>Status-Server questions sent; null where it is off.</summary>
    public long? StatusRequests { get; init; }

    /// <summary>Status-Server questions answered.</summary>
    public long? StatusAnswers { get; init; }

    /// <summary>TLS: when the gateway's own certificate ends.</summary>
    public DateTimeOffset? OwnCertificateEnds { get; init; }

    /// <summary>TLS: when the certificate ends that the server showed last.</summary>
    public DateTimeOffset? PeerCertificateEnds { get; init; }

    /// <summary>What went wrong last, the newest first.</summary>
    public required IReadOnlyList<ServerErrorItem> Errors { get; init; }

    /// <summary>Changes of the state, the newest first.</summary>
    public required IReadOnlyList<ServerChangeItem> Changes { get; init; }

    internal static ServerItem Of(DeskServer server)
    {
        var (health, latency) = (server.Health, server.IsMeasured ? server.Health!.Latency : null);
        return new ServerItem
        {
            Name = server.Name,
            Role = server.Role,
            Order = server.Order,
            EndPoint = health?.EndPoint.ToString(),
            Tls = health?.IsTls,
            State = server.Standing,
            Since = health?.Since,
            LastAnswer = health?.LastAnswer,
            P50 = latency?.P50.TotalMilliseconds,
            P95 = latency?.P95.TotalMilliseconds,
            P99 = latency?.P99.TotalMilliseconds,
            Requests = health?.Requests,
            Timeouts = server.Silent,
            Disbelieved = health?.Disbelieved,
            Accepts = health?.Accepts,
            Rejects = health?.Rejects,
            Challenges = health?.Challenges,
            Acknowledged = health?.Responses,
            NotBelieved = health?.Drops.ToDictionary(drop => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(drop.Key.ToString()), drop => drop.Value, StringComparer.Ordinal),
            MessageAuthenticator = server.SignatureWords(),
            StatusRequests = health is { UsesStatusServer: true } ? health.StatusRequests : null,
            StatusAnswers = health is { UsesStatusServer: true } ? health.StatusAnswers : null,
            OwnCertificateEnds = health?.OwnCertificateEnds,
            PeerCertificateEnds = health?.PeerCertificateEnds,
            Errors = [.. (health?.Errors ?? []).Select(error => new ServerErrorItem(error.At, error.What, error.Count))],
            Changes = [.. (health?.Changes ?? []).Select(change => new ServerChangeItem(change.At, change.To.ToString(), change.Reason))],
        };
    }
}
