using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Client;

/// <summary>
/// Builds the request for one server. It is called once for each server asked, because hidden attributes depend on that server's
/// secret and on the Request Authenticator (RFC 2865 section 2.5); retransmissions to the same server reuse the octets. When a TLS
/// connection breaks it is called again for the next one. The packet knows whether its protocol hides anything.
/// </summary>
/// <param name="request">A packet with a fresh authenticator (random for Access-Request) and no attributes; the client has reserved the Identifier.</param>
/// <param name="server">The server that will be asked, with its secret.</param>
public delegate void RadiusRequestTemplate(RadiusPacket request, RadiusServerSettings server);
