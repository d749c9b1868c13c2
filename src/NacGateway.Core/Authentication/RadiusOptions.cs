using NacGateway.Core.Storage;
using NacGateway.Radius.Attributes;

namespace NacGateway.Core.Authentication;

/// <summary>Which RADIUS servers are asked, and for how long.</summary>
public sealed class RadiusOptions
{
    /// <summary>Section in the configuration.</summary>
    public const string Section = "Radius";

    /// <summary>The servers; at least one.</summary>
    public IList<RadiusServerOptions> Servers { get; } = [];

    /// <summary>Time within which a person gets an answer, all servers together: 1 to 60 seconds. Default 10 seconds.</summary>
    public TimeSpan LoginBudget { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether servers are asked by Status-Server (RFC 5997) after about half a minute without an answer, where
    /// <see cref="RadiusServerOptions.StatusServer"/> does not say otherwise. Default false: many servers do not answer it.
    /// </summary>
    public bool StatusServer { get; set; }

    /// <summary>
    /// NAS-Identifier (RFC 2865 section 5.32), 1 to 253 octets as UTF-8. Default <c>nacgateway</c>. Sessions belong to the gateway of
    /// this name: several gateways on one PostgreSQL need a name each, and one that is renamed leaves the sessions that it had open
    /// behind, so rename it while nobody is signed in.
    /// </summary>
    public string NasIdentifier { get; set; } = GatewayIdentity.DefaultName;

    /// <summary>NAS-Port-Type (RFC 2865 section 5.41): how clients are attached. Default <see cref="NasPortType.Ethernet"/>; servers may decide by it.</summary>
    public NasPortType NasPortType { get; set; } = NasPortType.Ethernet;

    /// <summary>NAS-Port-Id (RFC 2869 section 5.17), up to 253 octets: the port or network that clients come by, such as <c>lan0</c>. Default: not sent, for the gateway does not see ports.</summary>
    public string NasPortId { get; set; } = "";

    /// <summary>
    /// Whether an Accept with a standard attribute that nobody here knows counts as a Reject (RFC 5080 section 2.5). Default false: it
    /// is passed over (RFC 6929 section 2.8), for servers send what is meant for others. Attributes of vendors never count.
    /// </summary>
    public bool RejectUnknownAttributes { get; set; }

    /// <summary>Called-Station-Id (RFC 3580 section 3.20), up to 253 octets: usually the access point's address and network, <c>02-00-5E-00-53-01:Guests</c>. Default: not sent.</summary>
    public string CalledStationId { get; set; } = "";
}
