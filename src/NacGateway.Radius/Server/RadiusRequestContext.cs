using System.Net;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Server;

/// <summary>A verified request on its way through the handler. Belongs to that one call; not safe for concurrent use.</summary>
public sealed class RadiusRequestContext
{
    private const byte ProxyState = 33;
    private const byte MessageAuthenticator = 80;

    internal RadiusRequestContext(RadiusPacket request, IPEndPoint source, NasEntry nas)
    {
        Request = request;
        Source = source;
        Nas = nas;
    }

    /// <summary>The request; its digests are verified.</summary>
    public RadiusPacket Request { get; }

    /// <summary>Who sent it; an IPv4 address is never in IPv6 clothes.</summary>
    public IPEndPoint Source { get; }

    /// <summary>The client that the source address belongs to.</summary>
    public NasEntry Nas { get; }

    /// <summary>
    /// Begins a reply with the request's Identifier. Access replies, and replies to a request that was signed so, have the placeholder
    /// of Message-Authenticator as first attribute; Proxy-State is copied when the reply is sent.
    /// </summary>
    /// <param name="code">Code of the reply.</param>
    /// <returns>The reply; the caller adds its attributes.</returns>
    public RadiusPacket CreateReply(RadiusCode code)
    {
        var reply = new RadiusPacket(code, Request.Identifier);
        if (code is RadiusCode.AccessAccept or RadiusCode.AccessReject or RadiusCode.AccessChallenge || Request.Attributes.CountOf(MessageAuthenticator) > 0)
        {
            reply.AddMessageAuthenticator();
        }

        return reply;
    }

    /// <summary>Copies Proxy-State unchanged and in order (RFC 2865 section 5.33), encodes and signs.</summary>
    internal byte[] Encode(RadiusPacket reply)
    {
        reply.Identifier = Request.Identifier;
        reply.Attributes.RemoveAll(ProxyState);
        foreach (RadiusAttribute attribute in Request.Attributes)
        {
            if (attribute.Type == ProxyState)
            {
                reply.Attributes.Add(ProxyState, attribute.Value.Span);
            }
        }

        byte[] octets = new byte[reply.EncodedLength];
        reply.WriteTo(octets);
        Authenticators.SignReply(octets, Request.Authenticator, Nas.Secret.Span);
        return octets;
    }
}
