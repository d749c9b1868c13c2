using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.TestKit;
using NacGateway.Web.Hosting.Listeners;
using NacGateway.Web.Tests.Gate.Forwarding;
using NacGateway.Web.Tests.Portal;
using Xunit;

namespace NacGateway.Web.Tests.Hosting.ProxyProtocol;

/// <summary>A proxy in front of the real gateway that says by the PROXY protocol whom it speaks for.</summary>
public sealed class ProxyProtocolTests : IAsyncLifetime
{
    private const string Client = "198.51.100.77";
    private const string Header = $"PROXY TCP4 {Client} 192.0.2.1 4711 80\r\n";
    private static readonly IPAddress Proxy = IPAddress.Parse("127.88.0.1");
    private static readonly IPAddress Stranger = IPAddress.Parse("127.88.1.1");
    private readonly TemporaryFolder _folder = new("proxied");
    private readonly TestPki _pki = new();
    private PortalSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var (certificate, key, _) = _pki.Write(_folder, "portal", _pki.Issue("localhost", "localhost"));
        _site = new PortalSite
        {
            More = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Gate:ProxyProtocolFrom:0"] = "127.88.0.0/24",
                ["Portal:ProxyProtocolFrom:0"] = "127.88.0.1",
                ["Portal:ListenHttps"] = "127.0.0.1:0",
                ["Portal:CertificateFile"] = certificate,
                ["Portal:CertificateKeyFile"] = key,
                ["Limits:ConnectionsPerClient"] = "2",
            },
        };
        await _site.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _pki.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_gate_serves_the_client_that_the_header_names()
    {
        Assert.Equal(511, await AskGateAsync(Header));
        await SignInAsync();

        Assert.Equal(403, await AskGateAsync(Header)); // A private destination: past sign-in, and no further.
        Assert.Equal(511, await AskGateAsync("PROXY TCP4 198.51.100.78 192.0.2.1 4711 80\r\n"));
        Assert.Equal(511, await AskGateAsync("PROXY UNKNOWN\r\n"));
    }

    [Fact]
    public async Task A_header_of_anybody_else_is_a_bad_request()
    {
        await SignInAsync();

        Assert.Equal(400, await AskGateAsync(Header, Stranger));
        Assert.Equal(511, await AskGateAsync("", Stranger));
    }

    [Fact]
    public async Task A_connection_of_the_proxy_without_a_header_is_closed()
    {
        using var connection = await RawConnection.OpenAsync(IPEndPoint.Parse(_site.Gate.Authority), Proxy, Token);
        await connection.WriteAsync("GET / HTTP/1.1\r\nHost: 10.0.0.1\r\n\r\n", Token);

        Assert.True(await IsClosedAsync(connection));
        Assert.Contains("Garbage", (await _site.WaitForLogAsync(9020, Token)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_share_of_connections_is_each_clients_and_not_the_proxys()
    {
        List<RawConnection> open = [];
        try
        {
            foreach (var client in new[] { 1, 1, 2, 2, 3 })
            {
                open.Add(await RawConnection.OpenAsync(IPEndPoint.Parse(_site.Gate.Authority), Proxy, Token));
                Assert.Equal(511, (await open[^1].AskAsync($"PROXY TCP4 203.0.113.{client} 192.0.2.1 4711 80\r\nGET / HTTP/1.1\r\nHost: a.test\r\n\r\n", Token)).Status);
            }

            open.Add(await RawConnection.OpenAsync(IPEndPoint.Parse(_site.Gate.Authority), Proxy, Token));
            await open[^1].WriteAsync("PROXY TCP4 203.0.113.1 192.0.2.1 4711 80\r\nGET / HTTP/1.1\r\nHost: a.test\r\n\r\n", Token);

            Assert.True(await IsClosedAsync(open[^1]));
        }
        finally
        {
            open.ForEach(connection => connection.Dispose());
        }
    }

    [Fact]
    public async Task The_header_comes_before_tls()
    {
        await SignInAsync();

        Assert.Contains("\"captive\":false", await AskCaptiveApiAsync(Header), StringComparison.Ordinal);
        Assert.Contains("\"captive\":true", await AskCaptiveApiAsync("PROXY TCP4 198.51.100.78 192.0.2.1 4711 80\r\n"), StringComparison.Ordinal);
    }

    private static async Task<bool> IsClosedAsync(RawConnection connection)
    {
        try
        {
            return await connection.ReadHeadAsync(Token) is null;
        }
        catch (IOException exception) when (exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return true;
        }
    }

    private async Task<int> AskGateAsync(string header, IPAddress? from = null)
    {
        using var connection = await RawConnection.OpenAsync(IPEndPoint.Parse(_site.Gate.Authority), from ?? Proxy, Token);
        return (await connection.AskAsync($"{header}GET / HTTP/1.1\r\nHost: 10.0.0.1\r\nConnection: close\r\n\r\n", Token)).Status;
    }

    private async Task<string> AskCaptiveApiAsync(string header)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(Proxy, 0));
        await socket.ConnectAsync(_site.Service<GatewayListeners>().Find(ListenerKind.PortalHttps)!.EndPoint, Token);
        await using var plain = new NetworkStream(socket);
        await plain.WriteAsync(Encoding.ASCII.GetBytes(header), Token);
        await using var tls = new SslStream(plain, leaveInnerStreamOpen: true, (_, certificate, _, _) => certificate is not null);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, Token);
        await tls.WriteAsync("GET /captive-api HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), Token);
        using var reader = new StreamReader(tls);
        return (await reader.ReadToEndAsync(Token)).Replace(" ", "", StringComparison.Ordinal);
    }

    private async Task SignInAsync() => Assert.IsType<OpenOutcome.Opened>(await _site.Service<SessionManager>().OpenAsync(
        new SessionOpening { AcctSessionId = Guid.NewGuid().ToString("N"), UserName = "kim", ClientAddress = IPAddress.Parse(Client), Limits = new SessionLimits(), ServerName = "main" }, Token));
}
