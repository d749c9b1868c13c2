using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using NacGateway.Aaa;
using NacGateway.Radius.Server;

namespace NacGateway.Web.Hosting.Demo;

/// <summary>The demo's RADIUS server, with a secret that is made anew at each start.</summary>
internal sealed class DemoAaa : IAsyncDisposable
{
    private readonly AaaServer _server;

    private DemoAaa(AaaServer server, string secret)
    {
        _server = server;
        Secret = secret;
    }

    public IPEndPoint EndPoint => _server.AuthenticationEndPoint;

    public IPEndPoint AccountingEndPoint => _server.AccountingEndPoint!;

    public string Secret { get; }

    /// <summary>Starts it; null with the reason and the remedy when it cannot be.</summary>
    public static DemoAaa? TryStart(DemoPorts ports, out string problem)
    {
        ArgumentNullException.ThrowIfNull(ports);
        var secret = RandomNumberGenerator.GetHexString(32, lowercase: true);
        try
        {
            var settings = new AaaServerSettings
            {
                Users = UserDirectory.Load(Path.Combine(AppContext.BaseDirectory, "seeds", "demo-users.json")),
                Authentication = new IPEndPoint(IPAddress.Loopback, ports.Radius),
                Accounting = new IPEndPoint(IPAddress.Loopback, ports.Accounting),
                Nas = [new NasEntry(new System.Net.IPNetwork(IPAddress.Loopback, 32), Encoding.UTF8.GetBytes(secret), "demo")],

                // As a server should that refuses by itself (draft-ietf-radext-deprecating-radius section 8.3).
                RejectDelay = TimeSpan.FromSeconds(1),
            };
            problem = string.Empty;
            return new DemoAaa(AaaServer.Start(settings, TimeProvider.System), secret);
        }
        catch (UserFileException exception)
        {
            problem = exception.Message;
        }
        catch (SocketException exception)
        {
            problem = $"The demo's RADIUS server cannot listen on 127.0.0.1, ports {ports.Radius} and {ports.Accounting}: {exception.Message}. End what uses them, or run the demo with --free-ports.";
        }

        return null;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
