using System.Net;
using Microsoft.AspNetCore.Http.Features;
using NacGateway.Core.Sessions;
using Yarp.ReverseProxy.Forwarder;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>The way on for a client that may pass: a tunnel, a configured route, or the host that the request names.</summary>
internal sealed class GateForwarder
{
    private readonly TunnelForwarder _tunnels;
    private readonly DirectForwarder _direct;
    private readonly GateReplies _replies;
    private readonly TimeProvider _time;
    private readonly RequestDelegate _routes;

    public GateForwarder(IServiceProvider services, TunnelForwarder tunnels, DirectForwarder direct, GateReplies replies, TimeProvider time)
    {
        _tunnels = tunnels;
        _direct = direct;
        _replies = replies;
        _time = time;

        // Routing of its own: a route of the portal or of the admin's pages cannot match here.
        var app = new ApplicationBuilder(services);
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapReverseProxy());
        app.Run(_direct.ForwardAsync);
        _routes = app.Build();
    }

    /// <summary>Forwards for a signed-in client, and cuts the exchange when its session ends.</summary>
    public async Task ForwardAsync(HttpContext context, IPAddress client, ActiveSession session)
    {
        var meter = new Meter(session.Traffic, _time);
        meter.ReceivedHead(context);
        if (HttpMethods.IsConnect(context.Request.Method))
        {
            await _tunnels.ForwardAsync(context, session);
            return;
        }

        // YARP writes the X-Forwarded fields of a route from the connection; behind a trusted proxy the client is another.
        context.Connection.RemoteIpAddress = client;
        MeteredResponse.Attach(context, meter);
        await using (session.Ended.UnsafeRegister(static state => ((HttpContext)state!).Abort(), context))
        {
            await SendAsync(context, _routes);
            meter.SentHead(context);
        }
    }

    /// <summary>Forwards to the walled garden, where there is no session.</summary>
    public Task ForwardToGardenAsync(HttpContext context) =>
        HttpMethods.IsConnect(context.Request.Method) ? _tunnels.ForwardAsync(context, session: null) : SendAsync(context, _direct.ForwardAsync);

    private async Task SendAsync(HttpContext context, RequestDelegate next)
    {
        LiftLimits(context);

        // Of all these YARP replaces X-Forwarded-For, -Host, -Proto and -Prefix only.
        context.Request.Headers.Remove("Forwarded");
        context.Request.Headers.Remove("X-Real-IP");
        await next(context);
        if (context.Features.Get<IForwarderErrorFeature>() is { } failure && !context.Response.HasStarted
            && !context.RequestAborted.IsCancellationRequested && ForwardingFailure.Answer(failure) is { } kind)
        {
            context.Response.Clear();
            await _replies.WriteAsync(context, kind);
        }
    }

    /// <summary>The server's limits are made for sign-in forms; what a client uploads elsewhere is between it and that server.</summary>
    private static void LiftLimits(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }
    }
}
