using System.Net;

namespace NacGateway.Radius.Client;

/// <summary>One RADIUS server port as a client sees it. Immutable.</summary>
public sealed record RadiusServerSettings
{
    /// <summary>Name in logs and metrics; unique in its group.</summary>
    public required string Name { get; init; }

    /// <summary>Resolved address and port.</summary>
    public required IPEndPoint EndPoint { get; init; }

    /// <summary>Shared secret octets, at least 1; the caller keeps ownership and does not change them.</summary>
    public required ReadOnlyMemory<byte> Secret { get; init; }

    /// <summary>Lower is asked first; equal values share the load. Default 0.</summary>
    public int Priority { get; init; }

    /// <summary>Whether replies to Access-Request must carry Message-Authenticator (BlastRADIUS, CVE-2024-3596). Default true.</summary>
    public bool RequireMessageAuthenticator { get; init; } = true;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({EndPoint})";
}
