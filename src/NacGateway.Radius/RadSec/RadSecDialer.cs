using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.RadSec;

/// <summary>Connects to a server and does the handshake. Never speaks anything but TLS, and never UDP instead (TLS-10 of the successor text of RFC 6614, section 7.7).</summary>
internal sealed class RadSecDialer(IPEndPoint server, RadSecClientSettings settings, TimeProvider time)
{
    private long _peerEnds;

    /// <summary>When the certificate ends that the server showed last and that was believed; null before the first.</summary>
    public DateTimeOffset? PeerEnds => Volatile.Read(ref _peerEnds) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>A connection, or why there is none.</summary>
    public async Task<RadSecDialed> DialAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        Socket? socket = null;
        NetworkStream network;
        try
        {
            // That alone may fail: no descriptor is free, or the kernel has no IPv6.
            socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(server, either.Token).ConfigureAwait(false);
            network = new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
        {
            socket?.Dispose();
            string why = exception is OperationCanceledException ? "it did not take the connection in time" : exception.Message.TrimEnd('.');
            string problem = socket is null
                ? $"no socket can be opened towards {server}: {why}. Allow this process more open files, or give Host an address of a kind that this machine has"
                : $"{server} cannot be reached by TCP: {why}. Start the server, open the way to it, or correct Host and TlsPort";
            return new RadSecDialed(null, problem, IsRefused: false);
        }

        return await ShakeHandsAsync(network, either.Token).ConfigureAwait(false);
    }

    [SuppressMessage("Security", "CA5359", Justification = "The callback does all the checks of PeerCertificate; the framework's own name check would fall back to the common name.")]
    private async Task<RadSecDialed> ShakeHandsAsync(NetworkStream network, CancellationToken cancellationToken)
    {
        string? problem = null;
        var stream = new SslStream(network, leaveInnerStreamOpen: false);
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = IPAddress.TryParse(settings.ServerName, out _) ? "" : settings.ServerName,
                    EnabledSslProtocols = RadSecProtocol.TlsVersions,
                    EncryptionPolicy = EncryptionPolicy.RequireEncryption,
                    ApplicationProtocols = RadSecProtocol.Names(settings.Versions, highestFirst: false),
                    ClientCertificateContext = settings.Credentials.Own,
                    CertificateChainPolicy = settings.Credentials.ChainPolicy(),
                    AllowRenegotiation = false,
                    AllowTlsResume = false,
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                        (problem = PeerCertificate.ProblemOfServer(certificate, chain, errors, settings)) is null,
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException or OperationCanceledException or InvalidOperationException)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            problem ??= exception is OperationCanceledException
                ? "the TLS handshake took too long. See whether a RadSec server listens there"
                : $"the TLS handshake failed: {RadSecAlert.Explain(exception)}. The server must speak TLS 1.2 or 1.3 and accept the certificate of CertificateFile";
            return Refused(problem);
        }

        RadiusVersion? version = RadSecProtocol.Agreed(stream, settings.Versions, out problem);
        if (version is not null && !stream.IsMutuallyAuthenticated)
        {
            // Who serves everybody does not know whose packets it relays (RFC 6614 section 2.3).
            problem = "it asked for no client certificate. Have it require one";
        }

        if (problem is null)
        {
            if (stream.RemoteCertificate is X509Certificate2 peer)
            {
                Volatile.Write(ref _peerEnds, peer.NotAfter.ToUniversalTime().Ticks);
            }

            return new RadSecDialed(new RadSecLink(stream, version!.Value), null, IsRefused: false);
        }

        await stream.DisposeAsync().ConfigureAwait(false);
        return Refused(problem);
    }

    private RadSecDialed Refused(string problem) => new(null, $"RadSec with {server} is refused: {problem}", IsRefused: true);
}
