using System.Net;
using NacGateway.Radius.Client;

namespace NacGateway.Core.Authentication;

/// <summary>A configured server after its name was resolved.</summary>
/// <param name="Settings">What the client needs.</param>
/// <param name="Method">How it is sent passwords.</param>
/// <param name="NasAddress">Our address towards it; null when there is none that may be sent.</param>
/// <param name="Accounting">What the client for accounting needs: another port by UDP, a connection of its own by TLS.</param>
internal sealed record RadiusEndpoint(RadiusServerSettings Settings, LoginMethod Method, IPAddress? NasAddress, RadiusServerSettings Accounting);
