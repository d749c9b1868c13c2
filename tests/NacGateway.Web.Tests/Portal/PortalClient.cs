using System.Net;
using System.Net.Sockets;
using Xunit;

namespace NacGateway.Web.Tests.Portal;

/// <summary>A device with an address of its own, that follows no redirect, keeps no cookie and unpacks nothing.</summary>
public sealed class PortalClient : IDisposable
{
    private readonly PortalSite _site;
    private readonly HttpClient _client;

    internal PortalClient(PortalSite site, IPAddress address)
    {
        _site = site;
        Address = address;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(address, 0));
                await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public IPAddress Address { get; }

    public void Dispose() => _client.Dispose();

    public Task<PortalAnswer> GetAsync(string path, params IEnumerable<(string Name, string Value)> headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<PortalAnswer> PostAsync(string path, IEnumerable<(string Name, string Value)> fields, params IEnumerable<(string Name, string Value)> headers) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), headers);

    public async Task<PortalAnswer> SendAsync(HttpMethod method, string path, HttpContent? content, params IEnumerable<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(_site.Portal, path)) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _client.SendAsync(request, Cancel);
        return await PortalAnswer.ReadAsync(response, Cancel);
    }

    /// <summary>Opens the sign-in form and sends it filled in.</summary>
    public async Task<PortalAnswer> SignInAsync(string userName, string password) =>
        await PostAsync("/portal/sign-in", Entries(userName, password, (await GetAsync("/portal")).Token));

    /// <summary>What the sign-in form sends.</summary>
    public static IEnumerable<(string Name, string Value)> Entries(string userName, string password, string token) =>
        [("username", userName), ("password", password), ("terms", "yes"), ("token", token)];

    /// <summary>Asks the gate for a page.</summary>
    public async Task<int> AskGateAsync()
    {
        using var response = await _client.GetAsync(_site.Gate, Cancel);
        return (int)response.StatusCode;
    }
}
