using System.Net;

namespace NacGateway.Radius.Server;

/// <summary>One client of a RADIUS server: the addresses it may send from and the secret shared with it (RFC 2865 section 3).</summary>
/// <param name="Network">Source addresses; a single one is a prefix of 32 or 128 bits. Where several match, the longest wins.</param>
/// <param name="Secret">The shared secret, at least one octet; never printed.</param>
/// <param name="Name">Name for logs.</param>
/// <param name="RequireMessageAuthenticator">Whether an Access-Request without Message-Authenticator is dropped; off, forged requests can be told from real ones no longer.</param>
public sealed record NasEntry(IPNetwork Network, ReadOnlyMemory<byte> Secret, string Name, bool RequireMessageAuthenticator = true)
{
    /// <summary>
    /// Over TLS: the name or address that this client's certificate must have among its subjectAltNames; null for any certificate of a
    /// trusted authority. Without effect over UDP.
    /// </summary>
    public string? CertificateName { get; init; }

    /// <summary>Name and prefix, without the secret.</summary>
    public override string ToString() => $"{Name} ({Network})";
}
