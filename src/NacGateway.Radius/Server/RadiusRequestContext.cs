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

    internal RadiusRequestContext(RadiusPacket request, IPEndPoint source, NasEntry nas, bool isTls = false)
    {
        Request = request;
        Source = source;
        Nas = nas;
        IsTls = isTls;
    }

    /// <summary>The request; its digests are verified.</summary>
    public RadiusPacket Request { get; }

    /// <summary>Who sent it; an IPv4 address is never in IPv6 clothes.</summary>
    public IPEndPoint Source { get; }

    /// <summary>The client that the source address belongs to.</summary>
    public NasEntry Nas { get; }

    /// <summary>Whether it came by TLS, where an answer that nobody expects is better than silence: nothing is sent again there.</summary>
    public bool IsTls { get; }

    /// <summary>
    /// Begins a reply with the request's Identifier. Access replies, and replies to a request that was signed so, have the placeholder
    /// of Message-Authenticator as first attribute; Proxy-State is copied when the reply is sent.
    /// </summary>
    /// <param name="code">Code of the reply.</param>
    /// <returns>The reply; the caller adds its attributes.</returns>
    public RadiusPacket CreateReply(RadiusCode code)
    {
        var reply = new RadiusPacket(code, Request.Identifier) { Version = Request.Version };
        if (code is RadiusCode.AccessAccept or RadiusCode.AccessReject or RadiusCode.AccessChallenge || Request.Attributes.CountOf(MessageAuthenticator) > 0)
        {
            reply.AddMessageAuthenticator();
        }

        return reply;
    }

    /// <summary>
    /// Begins a reply that says why the request cannot be handled (Protocol-Error, RFC 7930 section 4, RFC 9765 section 6.1). Only for
    /// RADIUS/1.1: a client of another transport need not know the code.
    /// </summary>
    /// <param name="cause">Why.</param>
    public RadiusPacket CreateProtocolError(ErrorCause cause)
    {
        RadiusPacket reply = CreateReply(RadiusCode.ProtocolError);
        reply.ErrorCause = cause;
        return reply;
    }

    /// <summary>
    /// What a request gets that is not wanted here: over TLS its negative answer with Error-Cause 406 (RFC 6614 section 2.5), in RADIUS/1.1
    /// Protocol-Error; over UDP silence.
    /// </summary>
    /// <returns>The reply, or null for silence.</returns>
    public RadiusPacket? CreateUnwanted()
    {
        if (!IsTls)
        {
            return null;
        }

        if (Request.Version == RadiusVersion.Radius11)
        {
            return CreateProtocolError(ErrorCause.UnsupportedExtension);
        }

        RadiusPacket reply = CreateReply(Request.Code switch
        {
            RadiusCode.AccountingRequest => RadiusCode.AccountingResponse,
            RadiusCode.CoaRequest => RadiusCode.CoaNak,
            RadiusCode.DisconnectRequest => RadiusCode.DisconnectNak,
            _ => RadiusCode.AccessReject,
        });
        reply.ErrorCause = ErrorCause.UnsupportedExtension;
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

        if (Request.Version == RadiusVersion.Radius11)
        {
            // The Token alone ties a reply to its request, and TLS alone proves it (RFC 9765 sections 4.1, 5.2).
            reply.Attributes.RemoveAll(MessageAuthenticator);
            reply.Identifier = 0;
            reply.Token = Request.Token;
        }

        byte[] octets = new byte[reply.EncodedLength];
        reply.WriteTo(octets);
        if (Request.Version == RadiusVersion.Radius11)
        {
            return octets;
        }

        Authenticators.SignReply(octets, Request.Authenticator, Nas.Secret.Span);
        return octets;
    }
}
