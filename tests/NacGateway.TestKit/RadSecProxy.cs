using System.Globalization;
using System.Net;

namespace NacGateway.TestKit;

/// <summary>A radsecproxy of the test's own on loopback: what comes in by one transport goes on by the other. Start one a test.</summary>
public sealed class RadSecProxy : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly TemporaryFolder _folder;

    private RadSecProxy(ChildProcess process, TemporaryFolder folder, IPEndPoint endPoint) => (_process, _folder, EndPoint) = (process, folder, endPoint);

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What it has written.</summary>
    public string Output => _process.Output;

    /// <summary>Takes TLS and asks by UDP.</summary>
    /// <param name="files">Its certificate, key and authority.</param>
    /// <param name="home">The server that it asks, for authentication and accounting.</param>
    /// <param name="secret">Secret shared with that server.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<RadSecProxy> FromTlsAsync(FreeRadiusTls files, IPEndPoint home, string secret, CancellationToken cancellationToken) =>
        StartAsync(FreePorts.Tcp(), "ListenTLS", files, "type tls\n\tsecret radsec\n\tcertificateNameCheck off", $"type udp\n\tport {Port(home)}\n\tsecret {secret}", cancellationToken);

    /// <summary>Takes UDP and asks by TLS.</summary>
    /// <param name="files">Its certificate, key and authority.</param>
    /// <param name="home">The RadSec server that it asks; its certificate must name 127.0.0.1.</param>
    /// <param name="secret">Secret of the UDP side.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<RadSecProxy> ToTlsAsync(FreeRadiusTls files, IPEndPoint home, string secret, CancellationToken cancellationToken) =>
        StartAsync(FreePorts.Udp(), "ListenUDP", files, $"type udp\n\tsecret {secret}", $"type tls\n\tport {Port(home)}\n\tsecret radsec\n\tstatusServer on", cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static string Port(IPEndPoint endPoint) => endPoint.Port.ToString(CultureInfo.InvariantCulture);

    private static async Task<RadSecProxy> StartAsync(int port, string listen, FreeRadiusTls files, string client, string server, CancellationToken cancellationToken)
    {
        var program = Component.Require("radsecproxy", "radsecproxy", "/usr/sbin/radsecproxy");
        var folder = new TemporaryFolder("radsecproxy");
        var configuration = folder.Write("radsecproxy.conf", $$"""
            {{listen}} 127.0.0.1:{{port.ToString(CultureInfo.InvariantCulture)}}
            LogLevel 2
            tls default {
            	CACertificateFile {{files.Authority}}
            	CertificateFile {{files.Certificate}}
            	CertificateKeyFile {{files.Key}}
            }
            client gateway {
            	host 127.0.0.1
            	{{client}}
            }
            server home {
            	host 127.0.0.1
            	{{server}}
            }
            realm * {
            	server home
            	accountingServer home
            }

            """);
        var process = ChildProcess.Start(program, ["-f", "-c", configuration]);
        try
        {
            await process.WaitForLineAsync(line => line.Contains("listening for", StringComparison.Ordinal), cancellationToken);
            return new RadSecProxy(process, folder, new IPEndPoint(IPAddress.Loopback, port));
        }
        catch
        {
            await process.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }
}
