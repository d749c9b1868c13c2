using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NacGateway.TestKit.Network;

namespace NacGateway.EndToEnd.Tests;

/// <summary>The site that people want to reach. It remembers every request, so that a test can tell what the gate let through.</summary>
internal sealed class Origin : IAsyncDisposable
{
    /// <summary>What every answer of the site says.</summary>
    public const string Greeting = "Hello from the site behind the gate";

    private readonly WebApplication _site;
    private readonly ConcurrentQueue<string> _requests = new();

    private Origin(WebApplication site) => _site = site;

    /// <summary>Requests that arrived, as <c>METHOD /path body</c>.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public Uri Url => new(_site.Urls.Single());

    /// <summary>What every answer begins with.</summary>
    public const string Beginning = "<!doctype html><html lang=en><title>Site</title>";

    /// <summary>Starts the site on a free loopback port, or on port 80 of every address of another network namespace.</summary>
    public static async Task<Origin> StartAsync(CancellationToken cancellationToken, NetNamespace? inside = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (inside is null)
        {
            builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        }
        else
        {
            var listener = await inside.InsideAsync(() =>
            {
                var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
                socket.Bind(new IPEndPoint(IPAddress.IPv6Any, 80));
                return socket;
            });
            builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.IPv6Any, 80));
            builder.WebHost.UseSockets(transport => transport.CreateBoundListenSocket = _ => listener);
        }

        var site = builder.Build();
        var origin = new Origin(site);
        site.UseWebSockets();
        site.Run(origin.AnswerAsync);
        await site.StartAsync(cancellationToken);
        return origin;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        _requests.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{context.Request.Method} {context.Request.Path} {body}").TrimEnd());
        if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            return;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(
            $"{Beginning}<link rel=icon href=data:,><main><h1>{Greeting}</h1></main></html>",
            context.RequestAborted);
    }
}
