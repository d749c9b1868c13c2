using System.Collections.Frozen;
using System.Net;
using System.Net.NetworkInformation;
using Microsoft.Extensions.Options;
using NacGateway.Core.Authentication;

namespace NacGateway.Core.Coa;

/// <summary>By which names and addresses this gateway is known as a NAS: those it tells the servers, and all that the machine has. Safe for concurrent use.</summary>
internal sealed class NasNames(IOptions<RadiusOptions> options, TimeProvider time)
{
    /// <summary>Addresses come and go, but not faster than this; reading them is too slow for each request.</summary>
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(30);

    private volatile Known? _known;

    public string Identifier => options.Value.NasIdentifier;

    public string CalledStationId => options.Value.CalledStationId;

    public string PortId => options.Value.NasPortId;

    /// <summary>Whether the machine has this address. What is sent as NAS-IP-Address is always one of them.</summary>
    public bool HasAddress(IPAddress address)
    {
        var known = _known;
        if (known is null || time.GetElapsedTime(known.At) > s_fresh)
        {
            _known = known = new Known(time.GetTimestamp(), Read());
        }

        return known.Addresses.Contains(address);
    }

    private static FrozenSet<IPAddress> Read()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(network => network.GetIPProperties().UnicastAddresses)
                .Select(unicast => WithoutScope(unicast.Address))
                .ToFrozenSet();
        }
        catch (NetworkInformationException)
        {
            // A request that names the gateway by its NAS-Identifier is served all the same.
            return FrozenSet<IPAddress>.Empty;
        }
    }

    private static IPAddress WithoutScope(IPAddress address) => new(address.GetAddressBytes());

    private sealed record Known(long At, FrozenSet<IPAddress> Addresses);
}
