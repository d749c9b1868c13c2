using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Insight;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Web.Gate;
using Xunit;

namespace NacGateway.Web.Tests.Gate;

/// <summary>The 511 as it leaves a real Kestrel, read from the socket.</summary>
public sealed class GateAnswerTests : IAsyncLifetime
{
    private const string Portal = "http://login.example.test/portal?a=1&b=2";
    private readonly WebApplication _app;
    private long _allocated;

    public GateAnswerTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
        {
            GateListener.Configure(server);
            server.Listen(IPAddress.Loopback, 0, GateListener.Configure);
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<SessionTable>();
        builder.Services.AddSingleton<PolicyBook>();
        builder.Services.AddGate(builder.Configuration);
        _app = builder.Build();
        _app.Services.GetRequiredService<PortalLink>().Publish(new Uri(Portal));
        var gate = _app.Services.GetRequiredService<CaptiveAnswer>();
        _app.Run(context =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var answered = gate.WriteAsync(context, context.Connection.RemoteIpAddress!);
            Volatile.Write(ref _allocated, GC.GetAllocatedBytesForCurrentThread() - before);
            return answered;
        });
    }

    public async ValueTask InitializeAsync() => await _app.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n")]
    [InlineData("POST /x HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("POST /x HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("PUT /x HTTP/1.1\r\nHost: a.test\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n")]
    [InlineData("GET http://b.test/x HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n")]
    [InlineData("CONNECT b.test:443 HTTP/1.1\r\nHost: b.test:443\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\n\r\n")]
    [InlineData("BREW /pot HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n")]
    public async Task Every_kind_of_request_gets_one_511_and_the_connection_ends(string request)
    {
        var answer = await SendAsync(request);

        Assert.StartsWith("HTTP/1.1 511 Network Authentication Required\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_511_links_the_portal_and_neither_asks_nor_stores_nor_runs_anything()
    {
        var answer = await SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");

        Assert.Contains("<a class=\"go\" href=\"http://login.example.test/portal?a=1&amp;b=2\">", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nCache-Control: no-store\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("not from the website you asked for", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Authenticate:", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Set-Cookie", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\r\nLocation:", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Nothing_of_the_request_comes_back()
    {
        var answer = await SendAsync("GET /zq7mark?zq7mark HTTP/1.1\r\nHost: zq7mark.test\r\nCookie: zq7mark\r\nReferer: http://zq7mark/\r\nAccept: text/html;zq7mark\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 511", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("zq7mark", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Head_gets_the_headers_alone()
    {
        var answer = await SendAsync("HEAD / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 511", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*/*", "text/html")]
    [InlineData("application/json", "application/problem+json")]
    [InlineData("application/json, text/plain, */*", "application/problem+json")]
    [InlineData("text/html;q=0.5, application/json;q=0.9", "application/problem+json")]
    [InlineData("text/html, application/json;q=0.9", "text/html")]
    [InlineData("text/plain", "text/plain")]
    [InlineData("image/png", "text/plain")]
    [InlineData("text/html;q=0, text/plain;q=0.1", "text/plain")]
    public async Task The_form_follows_accept(string accept, string expected)
    {
        var answer = await SendAsync($"GET / HTTP/1.1\r\nHost: a.test\r\nAccept: {accept}\r\nConnection: close\r\n\r\n");

        Assert.Contains($"\r\nContent-Type: {expected}", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-AT, en;q=0.5", "<html lang=\"de\" dir=\"ltr\">")]
    [InlineData("fr, ar;q=0.5", "<html lang=\"ar\" dir=\"rtl\">")]
    [InlineData("fr", "<html lang=\"en\" dir=\"ltr\">")]
    public async Task The_page_speaks_the_clients_language(string languages, string expected)
    {
        var answer = await SendAsync($"GET / HTTP/1.1\r\nHost: a.test\r\nAccept-Language: {languages}\r\nConnection: close\r\n\r\n");

        Assert.Contains(expected, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_get_keeps_its_connection_and_costs_no_allocation()
    {
        using var client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        for (var i = 0; i < 200; i++)
        {
            using var answer = await client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Null(answer.Headers.ConnectionClose);
        }

        Assert.Equal(0, Volatile.Read(ref _allocated));
    }

    [Theory]
    [InlineData("GET /news HTTP/1.1\r\nHost: a.test\r\nUser-Agent: Browser/1\r\nConnection: close\r\n\r\n", ArrivalAnswer.SignIn, "a.test", "Browser/1")]
    [InlineData("GET /hotspot-detect.html HTTP/1.1\r\nHost: captive.apple.com\r\nConnection: close\r\n\r\n", ArrivalAnswer.Redirect, "captive.apple.com", null)]
    [InlineData("CONNECT b.test:443 HTTP/1.1\r\nHost: b.test:443\r\n\r\n", ArrivalAnswer.SignIn, "b.test:443", null)]
    [InlineData("GET / HTTP/1.0\r\n\r\n", ArrivalAnswer.SignIn, null, null)]
    public async Task What_a_client_asked_for_and_got_is_noted(string request, ArrivalAnswer expected, string? host, string? agent)
    {
        await SendAsync(request);

        var arrival = _app.Services.GetRequiredService<ClientArrivals>().Find(ClientKey.From(IPAddress.Loopback))!;
        Assert.Equal((expected, host, agent, 1), (arrival.First!.Answer, arrival.First.Host is { Length: > 0 } named ? named : null, arrival.UserAgent, arrival.Requests));
        Assert.Equal(1, _app.Services.GetRequiredService<GateActivity>().Intercepted);
    }

    private async Task<string> SendAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPEndPoint.Parse(new Uri(_app.Urls.First()).Authority), TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
