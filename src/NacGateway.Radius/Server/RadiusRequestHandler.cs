using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Server;

/// <summary>
/// Answers one verified request. It is called by the receive loop and must not block: it returns a reply that is ready, or a task to
/// wait on, and then further requests come while it runs. The server signs and sends what is returned; attributes that the secret hides
/// are hidden by the handler, with the client's secret and the authenticator of the request.
/// </summary>
/// <param name="context">The request and its sender.</param>
/// <param name="cancellationToken">Set when the server's grace has run out.</param>
/// <returns>The reply, or null to stay silent; a retransmission is then handled again.</returns>
public delegate ValueTask<RadiusPacket?> RadiusRequestHandler(RadiusRequestContext context, CancellationToken cancellationToken);
