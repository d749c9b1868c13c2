using System.Security.Cryptography;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Client;

/// <summary>Makes the octets of a request.</summary>
internal static class RequestComposer
{
    private const byte MessageAuthenticator = 80;

    /// <summary>A request with authenticators; what is hidden is hidden with the server's secret.</summary>
    public static RadiusPacket Compose(RadiusCode code, byte identifier, RadiusRequestTemplate template, RadiusServerSettings server, out byte[] octets)
    {
        var request = new RadiusPacket(code, identifier);
        if (code is RadiusCode.AccessRequest or RadiusCode.StatusServer)
        {
            // Unpredictable and never used twice: hidden passwords and the trust in replies hang on it (RFC 2865 section 3).
            RandomNumberGenerator.Fill(request.Authenticator);
        }

        template(request, server);
        octets = new byte[request.EncodedLength];
        request.WriteTo(octets);
        Authenticators.SignRequest(octets, server.Secret.Span);
        octets.AsSpan(4, RadiusPacket.AuthenticatorLength).CopyTo(request.Authenticator);
        return request;
    }

    /// <summary>A request of RADIUS/1.1: a Token, zeros, no Message-Authenticator, nothing hidden (RFC 9765 sections 4.1, 5.2).</summary>
    public static RadiusPacket Compose11(RadiusCode code, uint token, RadiusRequestTemplate template, RadiusServerSettings server, out byte[] octets)
    {
        var request = new RadiusPacket(code) { Version = RadiusVersion.Radius11, Token = token };
        template(request, server);
        request.Attributes.RemoveAll(MessageAuthenticator);
        request.Identifier = 0;
        request.Token = token;
        octets = new byte[request.EncodedLength];
        request.WriteTo(octets);
        return request;
    }
}
