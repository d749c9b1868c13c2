using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.RadSec;

/// <summary>Whom each side believes, and that a refusal says why and is never followed by UDP.</summary>
public sealed class TrustTests : IAsyncDisposable
{
    private readonly RadSecRig _rig = new();

    [Theory]
    [InlineData("another name", "ServerName")]
    [InlineData("common name only", "subjectAltName")]
    [InlineData("expired", "expired")]
    [InlineData("another authority", "TrustedCertificatesFile")]
    [InlineData("self-signed", "TrustedCertificatesFile")]
    [Requirement("TLS-4")]
    public async Task A_server_whose_certificate_is_not_the_expected_one_is_refused(string what, string word)
    {
        using var others = new TestPki("others");
        var certificate = what switch
        {
            "another name" => _rig.Pki.Issue(RadSecRig.ServerName, "other.example.org", "127.0.0.2"),
            "common name only" => _rig.Pki.Issue(RadSecRig.ServerName),
            "expired" => _rig.Pki.Issue("server", [RadSecRig.ServerName], TimeProvider.System.GetUtcNow().AddMinutes(-1)),
            "another authority" => others.Issue("server", RadSecRig.ServerName),
            _ => others.Authority,
        };

        var result = await AskAsync(certificate);

        Assert.Equal(ExchangeStatus.Refused, result.Status);
        Assert.Contains(word, result.Problem, StringComparison.Ordinal);
        Assert.Equal(0, result.Sends);
    }

    [Theory]
    [InlineData(RadSecRig.ServerName, RadSecRig.ServerName)]
    [InlineData("*.example.org", RadSecRig.ServerName)]
    [InlineData("RADIUS.example.ORG", RadSecRig.ServerName)]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [Requirement("TLS-4")]
    public async Task A_server_with_the_expected_name_or_address_is_believed(string named, string expected)
    {
        var result = await AskAsync(_rig.Pki.Issue("server", named), tls => tls with { ServerName = expected });

        Assert.Equal((ExchangeStatus.Answered, null), (result.Status, result.Problem));
    }

    [Theory]
    [InlineData("*.org", "example.org")]
    [InlineData("*.example.org", "a.b.example.org")]
    [InlineData("radius.example.org.evil.test", RadSecRig.ServerName)]
    [InlineData("127.0.0.1.example.org", "127.0.0.1")]
    [Requirement("TLS-4")]
    public async Task A_name_that_only_resembles_is_refused(string named, string expected)
    {
        var result = await AskAsync(_rig.Pki.Issue(expected, named), tls => tls with { ServerName = expected });

        Assert.Equal(ExchangeStatus.Refused, result.Status);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [Requirement("TLS-5")]
    public async Task A_pin_is_believed_alone_and_binds_beside_an_authority(bool isPinned, bool hasAuthority)
    {
        using var others = new TestPki("others");
        var certificate = (hasAuthority ? _rig.Pki : others).Issue("server", RadSecRig.ServerName);
        var pin = SHA256.HashData(isPinned ? certificate.RawData : [1]);

        var result = await AskAsync(certificate, tls => tls with
        {
            PinnedCertificate = pin,
            Credentials = new RadSecCredentials(_rig.Pki.Issue("client", RadSecRig.ClientName), [], hasAuthority ? [_rig.Pki.Authority] : []),
        });

        Assert.Equal(isPinned ? ExchangeStatus.Answered : ExchangeStatus.Refused, result.Status);
        Assert.Equal(!isPinned, result.Problem?.Contains("PinnedCertificate", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    [Requirement("TLS-3")]
    public async Task A_server_that_asks_for_no_client_certificate_is_refused()
    {
        var result = await AgainstAsync(new SslServerAuthenticationOptions { ServerCertificate = _rig.Pki.Issue("server", RadSecRig.ServerName) });

        Assert.Equal(ExchangeStatus.Refused, result.Status);
        Assert.Contains("asked for no client certificate", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R11-3")]
    public async Task A_server_that_agrees_on_1_1_without_TLS_1_3_is_refused()
    {
        var result = await AgainstAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = _rig.Pki.Issue("server", RadSecRig.ServerName),
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
            EnabledSslProtocols = SslProtocols.Tls12,
            ApplicationProtocols = [new SslApplicationProtocol("radius/1.1")],
        });

        Assert.Equal(ExchangeStatus.Refused, result.Status);
        Assert.Contains("TLS 1.3", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R11-3")]
    public async Task A_client_that_offers_1_1_without_TLS_1_3_is_refused()
    {
        var server = _rig.Serve();
        var certificate = _rig.Pki.Issue("client", RadSecRig.ClientName);

        await using var stream = await HandshakeAsync(server.EndPoint, certificate, SslProtocols.Tls12, ["radius/1.1", "radius/1.0"]);
        var read = await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken);

        Assert.Equal((0, 1L), (read, server.RefusedConnections));
        Assert.Contains("TLS 1.3", Assert.Single(_rig.ServerLog.Collector.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("another authority")]
    [InlineData("expired")]
    [InlineData("another name")]
    [Requirement("TLS-3", "TLS-4")]
    public async Task A_client_that_is_not_believed_gets_nothing(string what)
    {
        using var others = new TestPki("others");
        var handled = 0;
        var server = _rig.Serve(
            (context, token) =>
            {
                handled++;
                return RadSecRig.AnswerAsync(context, token);
            },
            settings => settings with { Nas = [settings.Nas[0] with { CertificateName = RadSecRig.ClientName }] });
        var certificate = what switch
        {
            "another authority" => others.Issue("client", RadSecRig.ClientName),
            "expired" => _rig.Pki.Issue("client", [RadSecRig.ClientName], TimeProvider.System.GetUtcNow().AddMinutes(-1)),
            "another name" => _rig.Pki.Issue(RadSecRig.ClientName, "other.example.org"),
            _ => null,
        };

        var octets = Status();
        var read = 0;
        try
        {
            await using var stream = await HandshakeAsync(server.EndPoint, certificate, SslProtocols.None, []);
            await stream.WriteAsync(octets, TestContext.Current.CancellationToken);
            read = await stream.ReadAsync(new byte[4096], TestContext.Current.CancellationToken);
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            // How the refusal shows depends on the version of TLS.
        }

        Assert.Equal((0, 0, 1L), (read, handled, server.RefusedConnections));
    }

    [Fact]
    [Requirement("TLS-3")]
    public async Task A_client_that_speaks_TLS_1_1_only_is_refused()
    {
        var server = _rig.Serve();
        var openssl = Component.Require("openssl", "openssl");

        await using var child = ChildProcess.Start(openssl, ["s_client", "-connect", server.EndPoint.ToString(), "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"]);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains("alert protocol version", child.Output, StringComparison.Ordinal);
        Assert.Equal(1, server.RefusedConnections);
    }

    [Fact]
    [Requirement("TLS-3")]
    public async Task A_server_that_speaks_TLS_1_1_only_is_refused()
    {
        var openssl = Component.Require("openssl", "openssl");
        using var folder = new TemporaryFolder("radsec");
        var (certificate, key, authority) = _rig.Pki.Write(folder, "server", _rig.Pki.Issue("server", RadSecRig.ServerName));
        var port = FreePorts.Tcp();
        await using var child = ChildProcess.Start(openssl, ["s_server", "-accept", $"127.0.0.1:{port}", "-cert", certificate, "-key", key, "-Verify", "1", "-CAfile", authority, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"]);
        await child.WaitForLineAsync(line => line.Contains("ACCEPT", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var result = await RadSecRig.AskAsync(_rig.Connect(new IPEndPoint(IPAddress.Loopback, port)));

        Assert.Equal(ExchangeStatus.Refused, result.Status);
        Assert.Contains("TLS 1.2 or 1.3", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("TLS-13", "R11-4")]
    public async Task No_session_is_resumed_so_each_connection_proves_itself_anew()
    {
        var server = _rig.Serve();
        var openssl = Component.Require("openssl", "openssl");
        using var folder = new TemporaryFolder("radsec");
        var (certificate, key, _) = _rig.Pki.Write(folder, "client", _rig.Pki.Issue("client", RadSecRig.ClientName));

        await using var child = ChildProcess.Start(openssl, ["s_client", "-connect", server.EndPoint.ToString(), "-cert", certificate, "-key", key, "-tls1_2", "-reconnect"]);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains("New, TLSv1.2", child.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Reused", child.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("TLS-10", "TCP-1")]
    public async Task A_server_that_is_not_reached_by_TLS_is_not_asked_by_UDP()
    {
        using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var result = await RadSecRig.AskAsync(_rig.Connect((IPEndPoint)udp.LocalEndPoint!));

        Assert.Equal((ExchangeStatus.Unreachable, 0, 0), (result.Status, result.Sends, udp.Available));
        Assert.Contains("TlsPort", result.Problem, StringComparison.Ordinal);
        Assert.Contains(_rig.ClientLog.Collector.GetSnapshot(), record => record.Message.Contains("no falling back to UDP", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    private static byte[] Status()
    {
        RequestComposer.Compose(RadiusCode.StatusServer, 1, (_, _) => { }, new RadiusServerSettings { Name = "x", EndPoint = new IPEndPoint(0, 0), Secret = RadSecProtocol.Secret }, out var octets);
        return octets;
    }

    private async Task<ExchangeResult> AskAsync(X509Certificate2 server, Func<RadSecClientSettings, RadSecClientSettings>? change = null)
    {
        var running = _rig.Serve(change: settings => settings with { Credentials = _rig.Credentials(server) });
        return await RadSecRig.AskAsync(_rig.Connect(running.EndPoint, change));
    }

    /// <summary>Asks a server that does TLS as told and nothing else.</summary>
    private async Task<ExchangeResult> AgainstAsync(SslServerAuthenticationOptions options)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await using var stream = new SslStream(client.GetStream());
            try
            {
                await stream.AuthenticateAsServerAsync(options, TestContext.Current.CancellationToken);
                _ = await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken);
            }
            catch (Exception exception) when (exception is IOException or AuthenticationException)
            {
                // The client has refused: that is what the test is about.
            }
        });

        var result = await RadSecRig.AskAsync(_rig.Connect((IPEndPoint)listener.LocalEndpoint));
        await serving;
        return result;
    }

    private static async Task<SslStream> HandshakeAsync(IPEndPoint server, X509Certificate2? certificate, SslProtocols protocols, string[] names)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server, TestContext.Current.CancellationToken);
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = RadSecRig.ServerName,
                EnabledSslProtocols = protocols,
                ClientCertificates = certificate is null ? null : [certificate],
                ApplicationProtocols = [.. names.Select(name => new SslApplicationProtocol(name))],
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
            },
            TestContext.Current.CancellationToken);
        return stream;
    }
}
