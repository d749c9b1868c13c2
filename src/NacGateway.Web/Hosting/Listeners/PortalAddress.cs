using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace NacGateway.Web.Hosting.Listeners;

/// <summary>Where the portal is most likely reached when nobody has said so: its listener, under an address of this machine.</summary>
internal static class PortalAddress
{
    public static Uri Guess(GatewayListeners listeners)
    {
        ArgumentNullException.ThrowIfNull(listeners);
        var listener = listeners.Find(ListenerKind.PortalHttps) ?? listeners.Find(ListenerKind.Portal)!;
        var address = listener.EndPoint.Address;
        if (!address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
        {
            return listener.LocalUrl;
        }

        var own = NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(candidate => candidate.AddressFamily == AddressFamily.InterNetwork);
        return new UriBuilder(listener.LocalUrl) { Host = (own ?? IPAddress.Loopback).ToString() }.Uri;
    }
}
