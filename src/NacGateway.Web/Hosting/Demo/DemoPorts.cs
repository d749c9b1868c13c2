using System.Net;
using System.Net.Sockets;

namespace NacGateway.Web.Hosting.Demo;

/// <summary>The demo's ports on 127.0.0.1. The pages link to one another, so they are known before anything listens.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Portal">The portal.</param>
/// <param name="Admin">The administrator's listener.</param>
/// <param name="Radius">Where a RADIUS server is looked for.</param>
/// <param name="Accounting">Where it takes accounting.</param>
internal sealed record DemoPorts(int Gate, int Portal, int Admin, int Radius, int Accounting)
{
    /// <summary>The documented ports, or ones that are free now.</summary>
    public static DemoPorts Choose(bool free)
    {
        if (!free)
        {
            return new DemoPorts(8080, 8081, 8082, 11812, 11813);
        }

        // Held together until all are known, so that no two are the same.
        using var gate = new TcpListener(IPAddress.Loopback, 0);
        using var portal = new TcpListener(IPAddress.Loopback, 0);
        using var admin = new TcpListener(IPAddress.Loopback, 0);
        return new DemoPorts(Port(gate), Port(portal), Port(admin), 0, 0);
    }

    private static int Port(TcpListener listener)
    {
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
