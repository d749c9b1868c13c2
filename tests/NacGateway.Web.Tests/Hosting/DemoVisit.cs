using NacGateway.TestKit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>A person without script and without cookies in front of a running demo.</summary>
internal sealed class DemoVisit : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    public required Uri Gate { get; init; }

    public required Uri Portal { get; init; }

    public required Uri Admin { get; init; }

    /// <summary>Waits until the demo's listeners are open.</summary>
    public static async Task<DemoVisit> ArriveAsync(ChildProcess demo, CancellationToken cancellationToken) => new()
    {
        Gate = await demo.ListeningAsync("Gate", cancellationToken),
        Portal = await demo.ListeningAsync("Portal", cancellationToken),
        Admin = await demo.ListeningAsync("Admin", cancellationToken),
    };

    public void Dispose() => _client.Dispose();

    public Task<HttpResponseMessage> GetAsync(Uri url, CancellationToken cancellationToken) => _client.GetAsync(url, cancellationToken);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _client.SendAsync(request, cancellationToken);
}
