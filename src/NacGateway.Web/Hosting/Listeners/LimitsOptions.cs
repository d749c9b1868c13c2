using System.ComponentModel.DataAnnotations;

namespace NacGateway.Web.Hosting.Listeners;

/// <summary>How much of the server may be in use at once.</summary>
internal sealed class LimitsOptions
{
    public const string Section = "Limits";

    /// <summary>Connections of all clients together; past them new ones are closed at once. Default 20,000: some twenty for each of a thousand devices.</summary>
    [Range(10, 1_000_000)]
    public int Connections { get; set; } = 20_000;

    /// <summary>
    /// Connections of one client address on one listener; past them new ones are closed at once, so that one device cannot use up
    /// everybody's. Proxies named in Gate:TrustedProxies stand for many clients and are exempt; of one that names its client in a PROXY
    /// protocol header the client is counted. Default 256.
    /// </summary>
    [Range(1, 100_000)]
    public int ConnectionsPerClient { get; set; } = 256;
}
