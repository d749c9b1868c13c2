using System.Net;
using Microsoft.Extensions.Options;
using NacGateway.Web.Gate;
using NacGateway.Web.Portal;
using NacGateway.Web.Portal.Pages;

namespace NacGateway.Web.Hosting.Listeners;

/// <summary>The plain-http page for redirected probes: there where the gateway itself ends TLS, so that both listeners are at the same address.</summary>
internal sealed class LandingAddress(IOptions<GateOptions> gate, IOptions<PortalOptions> portal)
{
    /// <summary>The page beside a portal; null where probes are led straight to that.</summary>
    /// <param name="publicUrl">The portal.</param>
    /// <param name="bound">The plain listener once it is open; before that its setting counts.</param>
    public Uri? Of(Uri publicUrl, BoundListener? bound)
    {
        ArgumentNullException.ThrowIfNull(publicUrl);
        if (gate.Value.ProbeLanding == ProbeLanding.Portal || publicUrl.Scheme != Uri.UriSchemeHttps || string.IsNullOrEmpty(portal.Value.ListenHttps))
        {
            return null;
        }

        var port = bound?.EndPoint.Port ?? (IPEndPoint.TryParse(portal.Value.Listen, out var listen) ? listen.Port : 0);
        return port == 0 ? null : new UriBuilder(Uri.UriSchemeHttp, PortalLink.Ascii(publicUrl).Host, port, LandingPage.Path).Uri;
    }
}
