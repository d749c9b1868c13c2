using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace NacGateway.Web.Observability.Syslog;

/// <summary>Opens a way to the server. Its name is looked up each time.</summary>
internal sealed class SyslogDialer(IOptions<SyslogOptions> options)
{
    private const int MostUnsent = 32 * 1024;

    private readonly SyslogOptions _options = options.Value;

    /// <summary>For people.</summary>
    public string Target => $"{_options.Server} ({_options.Transport})";

    /// <exception cref="IOException">There is none now; the message says why.</exception>
    public async Task<ISyslogLink> DialAsync(CancellationToken cancellationToken)
    {
        if (!SyslogAddress.TryParse(_options.Server, out var address))
        {
            throw new IOException("no server is configured");
        }

        try
        {
            return _options.Transport switch
            {
                SyslogTransport.Udp => new DatagramLink(await ConnectAsync(new Socket(SocketType.Dgram, ProtocolType.Udp), address, cancellationToken)),
                SyslogTransport.Tcp => new StreamLink(await OpenAsync(address, cancellationToken)),
                _ => new StreamLink(await SecureAsync(await OpenAsync(address, cancellationToken), address, cancellationToken)),
            };
        }
        catch (Exception exception) when (exception is SocketException or AuthenticationException or CryptographicException or UnauthorizedAccessException)
        {
            throw new IOException(exception.InnerException?.Message ?? exception.Message, exception);
        }
    }

    private static async Task<NetworkStream> OpenAsync(SyslogAddress address, CancellationToken cancellationToken)
    {
        // What lies in the kernel when a connection breaks is lost: it shall be little.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendBufferSize = MostUnsent };
        return new NetworkStream(await ConnectAsync(socket, address, cancellationToken), ownsSocket: true);
    }

    private static async Task<Socket> ConnectAsync(Socket socket, SyslogAddress address, CancellationToken cancellationToken)
    {
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<SslStream> SecureAsync(NetworkStream stream, SyslogAddress address, CancellationToken cancellationToken)
    {
        var tls = new SslStream(stream);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = address.Host,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    CertificateChainPolicy = Policy(),
                    ClientCertificates = SyslogCertificates.Own(_options),
                },
                cancellationToken);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    /// <summary>Revocation is not asked about: a log must not depend on one more server.</summary>
    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (SyslogCertificates.Trusted(_options) is { Count: > 0 } trusted)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(trusted);
        }

        return policy;
    }
}
