using System.Net;

namespace NacGateway.Web.Hosting.Demo;

/// <summary>Where the demo looks for its RADIUS server. This release starts none itself, and the demo says so.</summary>
/// <param name="EndPoint">Address and port.</param>
/// <param name="Secret">The secret shared with it; no secret at all, for it stands in the guide.</param>
internal sealed record DemoAaa(IPEndPoint EndPoint, string Secret)
{
    public static DemoAaa At(int port) => new(new IPEndPoint(IPAddress.Loopback, port), "demo-secret-known-to-everybody");
}
