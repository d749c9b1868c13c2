using Microsoft.Extensions.Logging;

namespace NacGateway.Radius.RadSec;

/// <summary>How a server is reached by TLS (RFC 6614). Immutable.</summary>
public sealed record RadSecClientSettings
{
    /// <summary>Our certificate, and whose certificates are believed.</summary>
    public required RadSecCredentials Credentials { get; init; }

    /// <summary>
    /// The name or address that the server's certificate must have among its subjectAltNames; the common name is never looked at
    /// (RFC 9525 section 6.4.4). Empty only where <see cref="PinnedCertificate"/> is set.
    /// </summary>
    public required string ServerName { get; init; }

    /// <summary>
    /// SHA-256 of the server's certificate (DER), 32 octets; empty for none. Beside trusted authorities both must hold; without them the
    /// pin alone is believed, and the name is not looked at, because the pin names one certificate.
    /// </summary>
    public ReadOnlyMemory<byte> PinnedCertificate { get; init; }

    /// <summary>What is offered; default both.</summary>
    public RadSecVersions Versions { get; init; } = RadSecVersions.Both;

    /// <summary>Connections at most; more than one only when one has as many requests in flight as it can tell apart. Default 8.</summary>
    public int MaxConnections { get; init; } = 8;

    /// <summary>Time for TCP and TLS together. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection on which nothing happened for so long is closed. Default 60 s.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After so long without a reply that is waited for the server is asked by Status-Server; after as long again without an answer the connection is given up (RFC 6613 section 2.6). Default 5 s.</summary>
    public TimeSpan WatchdogAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Told of connections and refusals; null for nobody.</summary>
    public ILogger? Logger { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"TLS, server name {ServerName}";
}
