using System.Net;
using NacGateway.Core.Enforcement;
using NacGateway.Web.Desk;
using NacGateway.Web.Gate;
using NacGateway.Web.Portal;

namespace NacGateway.Web.Hosting.Configuration;

/// <summary>What the kernel's rules need of the listeners: ports that are known before they open, at addresses that devices reach.</summary>
internal static class KernelCheck
{
    public static IEnumerable<string> Run(EnforcementOptions enforcement, GateOptions gate, PortalOptions portal, AdminOptions admin)
    {
        ArgumentNullException.ThrowIfNull(enforcement);
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(portal);
        ArgumentNullException.ThrowIfNull(admin);
        if (enforcement.Mode != EnforcementMode.Nftables)
        {
            yield break;
        }

        foreach (var (key, listen, isLed) in new[] { ("Gate:Listen", gate.Listen, true), ("Portal:Listen", portal.Listen, false), ("Portal:ListenHttps", portal.ListenHttps, false) })
        {
            if (string.IsNullOrEmpty(listen) || !IPEndPoint.TryParse(listen, out var endPoint))
            {
                continue;
            }

            if (endPoint.Port == 0)
            {
                yield return $"{key} '{listen}' leaves the port open, and Enforcement:Mode Nftables must know it before the listener opens. Write a port, such as {(isLed ? "8080" : "8081")}.";
            }

            if (IPAddress.IsLoopback(endPoint.Address))
            {
                yield return $"{key} '{listen}' is reached by this machine alone, and Enforcement:Mode Nftables leads devices to it. Write [::]:{endPoint.Port}.";
            }
        }

        if (IPEndPoint.TryParse(admin.Listen, out var desk))
        {
            foreach (var port in enforcement.GatewayPorts.Where(port => string.Equals(port, $"tcp/{desk.Port}", StringComparison.OrdinalIgnoreCase)))
            {
                yield return $"Enforcement:GatewayPorts opens {port} to devices, the port of Admin:Listen. Remove it: the desk is for administrators.";
            }
        }
    }

    /// <summary>The listeners that devices must reach.</summary>
    public static EnforcementPorts Ports(GateOptions gate, PortalOptions portal)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(portal);
        return new EnforcementPorts(Port(gate.Listen), [.. new[] { portal.Listen, portal.ListenHttps }.Select(Port).Where(port => port > 0)]);
    }

    private static int Port(string? listen) => IPEndPoint.TryParse(listen ?? "", out var endPoint) ? endPoint.Port : 0;
}
