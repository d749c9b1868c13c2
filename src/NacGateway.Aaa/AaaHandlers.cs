using NacGateway.Radius.Server;

namespace NacGateway.Aaa;

/// <summary>What answers at each listener.</summary>
/// <param name="Authentication">At the port for authentication.</param>
/// <param name="Accounting">At the port for accounting.</param>
/// <param name="Tls">Inside TLS, where one port is for everything (RFC 6614 section 2.1).</param>
internal sealed record AaaHandlers(RadiusRequestHandler Authentication, RadiusRequestHandler Accounting, RadiusRequestHandler Tls);
