using System.Net;
using System.Text;
using NacGateway.Aaa;
using NacGateway.Radius.Server;

namespace NacGateway.Benchmarks.Http;

/// <summary>A RADIUS server that accepts the one user of the measurements.</summary>
internal static class AcceptingServer
{
    public static AaaServer Start(string secret) => AaaServer.Start(
        new AaaServerSettings
        {
            Users = new UserDirectory([new AaaUser { Name = "alice", Password = "wonderland" }]),
            Authentication = new IPEndPoint(IPAddress.Loopback, 0),
            Nas = [new NasEntry(new IPNetwork(IPAddress.Loopback, 32), Encoding.UTF8.GetBytes(secret), "bench")],
        },
        TimeProvider.System);
}
