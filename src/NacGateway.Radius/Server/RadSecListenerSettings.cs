using System.Net;
using NacGateway.Radius.RadSec;

namespace NacGateway.Radius.Server;

/// <summary>Where a <see cref="RadSecServer"/> listens, for whom, and how much it takes on (RFC 6613 section 2.6.7).</summary>
public sealed record RadSecListenerSettings
{
    /// <summary>Address and port; port 0 picks a free one, named by <see cref="RadSecServer.EndPoint"/>.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>The clients that are served: by source address, and by the name in their certificate where <see cref="NasEntry.CertificateName"/> is set. Their secrets are not used.</summary>
    public required IReadOnlyList<NasEntry> Nas { get; init; }

    /// <summary>Our certificate, and the authorities whose clients are believed.</summary>
    public required RadSecCredentials Credentials { get; init; }

    /// <summary>What may be agreed on; default both.</summary>
    public RadSecVersions Versions { get; init; } = RadSecVersions.Both;

    /// <summary>Connections at a time; one more is closed at once. Default 256.</summary>
    public int MaxConnections { get; init; } = 256;

    /// <summary>New connections within a second; more are closed at once, for a handshake costs more than most requests. Default 100.</summary>
    public int MaxNewConnectionsPerSecond { get; init; } = 100;

    /// <summary>Requests of one connection handled at a time; beyond, nothing more is read from it. Default 1024.</summary>
    public int MaxPendingPerConnection { get; init; } = 1024;

    /// <summary>Time for the handshake. Default 10 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for the rest of a packet that has begun. Default 10 s.</summary>
    public TimeSpan PacketTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection without a request for so long is closed. Default 5 minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an answer is kept for a repeated request on the same connection. Default 10 s.</summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What may lose and change what passes, for trying out clients; default nothing.</summary>
    public IServerWire? Wire { get; init; }
}
