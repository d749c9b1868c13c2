using System.Net.Security;
using System.Security.Authentication;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.RadSec;

/// <summary>What is fixed by RFC 6614 and RFC 9765.</summary>
public static class RadSecProtocol
{
    /// <summary>The one port for authentication, accounting and dynamic authorization (RFC 6614 section 2.1).</summary>
    public const int Port = 2083;

    private static readonly byte[] s_secret = "radsec"u8.ToArray();

    /// <summary>The shared secret of all MD5 work inside TLS, whatever is configured (RFC 6614 section 2.3).</summary>
    public static ReadOnlyMemory<byte> Secret => s_secret;

    /// <summary>TLS 1.2 and 1.3; what is older is never spoken (RFC 9325 section 3.1.1).</summary>
    internal const SslProtocols TlsVersions = SslProtocols.Tls12 | SslProtocols.Tls13;

    internal static SslApplicationProtocol Name10 { get; } = new("radius/1.0");

    internal static SslApplicationProtocol Name11 { get; } = new("radius/1.1");

    /// <summary>The names to offer, in the order of RFC 9765 section 3.3; null for none.</summary>
    internal static List<SslApplicationProtocol>? Names(RadSecVersions versions, bool highestFirst) => versions switch
    {
        RadSecVersions.Radius10 => [Name10],
        RadSecVersions.Radius11 => [Name11],
        RadSecVersions.Both => highestFirst ? [Name11, Name10] : [Name10, Name11],
        _ => null,
    };

    /// <summary>What a finished handshake has agreed on; null with the reason when it may not be used.</summary>
    internal static RadiusVersion? Agreed(SslStream stream, RadSecVersions versions, out string? problem)
    {
        problem = null;
        if (stream.NegotiatedApplicationProtocol != Name11)
        {
            if (versions == RadSecVersions.Radius11)
            {
                problem = "it does not speak radius/1.1, and Versions allows nothing else. Allow radius/1.0 as well, or update it";
                return null;
            }

            return RadiusVersion.Radius10;
        }

        if (stream.SslProtocol != SslProtocols.Tls13)
        {
            // RFC 9765 section 3.4: what TLS 1.2 protects is not enough for attributes that nothing else hides.
            problem = "it agreed on radius/1.1 without TLS 1.3. Switch TLS 1.3 on there, or radius/1.1 off";
            return null;
        }

        return RadiusVersion.Radius11;
    }
}
