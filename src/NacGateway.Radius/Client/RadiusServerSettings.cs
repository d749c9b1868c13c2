using System.Net;
using NacGateway.Radius.RadSec;

namespace NacGateway.Radius.Client;

/// <summary>One RADIUS server port as a client sees it. Immutable.</summary>
public sealed record RadiusServerSettings
{
    /// <summary>Name in logs and metrics; unique in its group.</summary>
    public required string Name { get; init; }

    /// <summary>Resolved address and port.</summary>
    public required IPEndPoint EndPoint { get; init; }

    /// <summary>How the server is reached by TLS (RFC 6614); null for UDP. There is no falling back from one to the other.</summary>
    public RadSecClientSettings? Tls { get; init; }

    /// <summary>
    /// Shared secret octets, at least 1; the caller keeps ownership and does not change them. With <see cref="Tls"/> it is always
    /// <see cref="RadSecProtocol.Secret"/>, whatever was set (RFC 6614 section 2.3).
    /// </summary>
    public required ReadOnlyMemory<byte> Secret
    {
        get => Tls is null ? field : RadSecProtocol.Secret;
        init;
    }

    /// <summary>Lower is asked first; equal values share the load. Default 0.</summary>
    public int Priority { get; init; }

    /// <summary>Whether replies to Access-Request must carry Message-Authenticator (BlastRADIUS, CVE-2024-3596). Default true. With <see cref="Tls"/> always false: TLS proves who answers, and one that is there must still be right.</summary>
    public bool RequireMessageAuthenticator
    {
        get => Tls is null && field;
        init;
    } = true;

    /// <summary>
    /// Whether a <see cref="RadiusServerGroup"/> asks the server by Status-Server how it does when nothing else has been answered for
    /// <see cref="WatchdogInterval"/>. Default false, for many servers do not answer it (RFC 5997 section 4.1).
    /// </summary>
    public bool StatusServer { get; init; }

    /// <summary>Twinit of RFC 3539 section 3.4.1: silence after which Status-Server is sent, each time 2 s more or less. Default 30 s, at least 6 s.</summary>
    public TimeSpan WatchdogInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>NAS-Identifier of Status-Server packets, 1 to 253 octets of UTF-8 (RFC 5997 section 3). Default: the machine's name.</summary>
    public string NasIdentifier { get; init; } = Environment.MachineName;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({EndPoint})";
}
