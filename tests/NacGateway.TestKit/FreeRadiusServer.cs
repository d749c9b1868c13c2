using System.Globalization;
using System.Net;
using NacGateway.TestKit.Network;

namespace NacGateway.TestKit;

/// <summary>
/// A FreeRADIUS 3 of the test's own, with a configuration written for it, on a free loopback port. Passwords are never in its output.
/// Start one a test or share one a class; it takes a fraction of a second.
/// </summary>
public sealed class FreeRadiusServer : IAsyncDisposable
{
    private readonly ChildProcess _server;
    private readonly TemporaryFolder _folder;
    private readonly NetNamespace? _inside;

    private FreeRadiusServer(ChildProcess server, TemporaryFolder folder, int[] ports, FreeRadiusOptions options, NetNamespace? inside)
    {
        (_server, _folder, Options, _inside) = (server, folder, options, inside);
        EndPoint = new IPEndPoint(IPAddress.Loopback, ports[0]);
        AccountingEndPoint = new IPEndPoint(IPAddress.Loopback, ports[1]);
        TlsEndPoint = new IPEndPoint(IPAddress.Loopback, ports[3]);
        CoaEndPoint = new IPEndPoint(IPAddress.Loopback, ports[2]);
    }

    /// <summary>Where it listens for authentication.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Where it listens for accounting, if <see cref="FreeRadiusOptions.DoesAccounting"/>.</summary>
    public IPEndPoint AccountingEndPoint { get; }

    /// <summary>Where it answers CoA and Disconnect, if <see cref="FreeRadiusOptions.DoesAccounting"/>.</summary>
    public IPEndPoint CoaEndPoint { get; }

    /// <summary>Where it listens by RadSec, if <see cref="FreeRadiusOptions.Tls"/> is set.</summary>
    public IPEndPoint TlsEndPoint { get; }

    /// <summary>The accounting records as it read them; empty when there are none.</summary>
    public string Detail => File.Exists(_folder["detail"]) ? File.ReadAllText(_folder["detail"]) : "";

    /// <summary>What it was started with.</summary>
    public FreeRadiusOptions Options { get; }

    /// <summary>What it has written.</summary>
    public string Output => _server.Output;

    /// <summary>Starts a server and waits until it says that it is ready. Skips or fails the running test when FreeRADIUS is not installed.</summary>
    /// <param name="options">What it is to do.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="inside">Network namespace it runs in, on the loopback addresses there; null for ours.</param>
    public static async Task<FreeRadiusServer> StartAsync(FreeRadiusOptions options, CancellationToken cancellationToken, NetNamespace? inside = null)
    {
        var program = Component.Require("freeradius", "freeradius", "/usr/sbin/freeradius");
        for (var attempt = 1; ; attempt++)
        {
            // The port was free a moment ago. That somebody else took it since is the one failure worth another port.
            int[] ports = [FreePorts.Udp(), FreePorts.Udp(), FreePorts.Udp(), FreePorts.Tcp()];
            var folder = new TemporaryFolder("freeradius");
            folder.Write("radiusd.conf", FreeRadiusConfiguration.Write(folder.FullName, ports[0], ports[1], ports[2], ports[3], options));
            folder.Write("users", options.Users);
            var server = ChildProcess.Start(program, ["-d", folder.FullName, "-f", "-l", "stdout"], inside: inside);
            try
            {
                await server.WaitForLineAsync(line => line.EndsWith("Ready to process requests", StringComparison.Ordinal), cancellationToken);
                return new FreeRadiusServer(server, folder, ports, options, inside);
            }
            catch (Exception e)
            {
                await server.DisposeAsync();
                folder.Dispose();
                if (attempt == 3 || !e.Message.Contains("Address already in use", StringComparison.Ordinal))
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Sends one Access-Request by FreeRADIUS' own client and returns what it printed; for tests of this fixture and of our servers.</summary>
    /// <param name="attributes">The request, such as <c>User-Name=alice,User-Password=secret</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string> AskAsync(string attributes, CancellationToken cancellationToken)
    {
        var client = Component.Require("radclient", "freeradius-utils");
        var request = _folder.Write("request", attributes + "\n");
        var port = EndPoint.Port.ToString(CultureInfo.InvariantCulture);
        await using var child = ChildProcess.Start(client, ["-x", "-r", "1", "-t", "5", "-f", request, $"127.0.0.1:{port}", "auth", Options.Secret], inside: _inside);
        await child.WaitForExitAsync(cancellationToken);
        return child.Output;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}
