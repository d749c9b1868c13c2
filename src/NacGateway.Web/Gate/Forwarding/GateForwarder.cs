using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using NacGateway.Core.Insight;
using NacGateway.Core.Sessions;
using NacGateway.Web.Gate.Interception;
using NacGateway.Web.Gate.Probes;
using Yarp.ReverseProxy.Forwarder;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>The way on for a client that may pass: a tunnel, a configured route, or the host that the request names.</summary>
internal sealed class GateForwarder
{
    private readonly TunnelForwarder _tunnels;
    private readonly DirectForwarder _direct;
    private readonly GateReplies _replies;
    private readonly Refusals _refusals;
    private readonly Failures _failures;
    private readonly TimeProvider _time;
    private readonly RoleReach _reach;
    private readonly NameClaims _claims;
    private readonly GateActivity _activity;
    private readonly IsolatedLan _isolated;
    private readonly RequestDelegate _routes;

    public GateForwarder(IServiceProvider services, TunnelForwarder tunnels, DirectForwarder direct, GateReplies replies, Refusals refusals, Failures failures, TimeProvider time)
    {
        _tunnels = tunnels;
        _direct = direct;
        _replies = replies;
        _refusals = refusals;
        _failures = failures;
        _time = time;
        _reach = services.GetRequiredService<RoleReach>();
        _claims = services.GetRequiredService<NameClaims>();
        _activity = services.GetRequiredService<GateActivity>();
        _isolated = services.GetRequiredService<IsolatedLan>();

        // Routing of its own: a route of the portal or of the admin's pages cannot match here. Configured routes come first, by YARP's
        // own rules: a route without Hosts takes every request, also one that names a loopback or private address, and leads it to
        // its own cluster. That opens nothing, since what the client named is then never dialled; where the cluster leads is the
        // operator's decision and not the guard's.
        var app = new ApplicationBuilder(services);
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapReverseProxy(proxy =>
        {
            proxy.Use(services.GetRequiredService<RouteReach>().InvokeAsync);
            proxy.UseSessionAffinity();
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        }));
        app.Run(_direct.ForwardAsync);
        _routes = app.Build();
    }

    /// <summary>Forwards for a signed-in client, and cuts the exchange when its session ends.</summary>
    public async Task ForwardAsync(HttpContext context, IPAddress client, ActiveSession session)
    {
        _activity.Forward();
        var meter = new Meter(session, _time);
        meter.ReceivedHead(context);
        if (HttpMethods.IsConnect(context.Request.Method))
        {
            // Where an intercepted connection goes is settled; who asks it for a tunnel takes the gate for his proxy, which it is not here.
            await (context.Features.Get<OriginalDestination>() is null
                ? _tunnels.ForwardAsync(context, session)
                : _refusals.AnswerAsync(context, RefusalReason.Target, destination: null));
            return;
        }

        if (session.Limits.Role is { } role)
        {
            var isNamed = Destination.TryRead(context, out var destination);
            if (isNamed ? !await _claims.OpensAsync(role, destination, context.RequestAborted) : _reach.Bounds(role))
            {
                await _refusals.AnswerAsync(context, isNamed ? RefusalReason.Role : RefusalReason.Target, destination);
                return;
            }

            context.Features.Set(session);
        }

        // YARP writes the X-Forwarded fields of a route from the connection; behind a trusted proxy the client is another.
        context.Connection.RemoteIpAddress = client;
        MeteredResponse.Attach(context, meter);
        await using (session.Ended.UnsafeRegister(static state => ((HttpContext)state!).Abort(), context))
        {
            LiftRates(context);
            await SendAsync(context, _routes, isSignedIn: true);
            if (meter.HasCut && !context.Response.HasStarted)
            {
                // Nothing has been promised yet, so this request gets what the next one will get.
                context.Response.Clear();
                await _replies.WriteAsync(context, AnswerKind.SignIn);
                return;
            }

            meter.SentHead(context);
            if (meter.HasCut)
            {
                // An answer in the middle is broken off, or somebody might take it for whole.
                context.Abort();
            }
        }
    }

    /// <summary>Forwards to the walled garden, where there is no session.</summary>
    public Task ForwardToGardenAsync(HttpContext context)
    {
        _activity.Forward();
        return HttpMethods.IsConnect(context.Request.Method) ? _tunnels.ForwardAsync(context, session: null) : SendAsync(context, _direct.ForwardAsync, isSignedIn: false);
    }

    private async Task SendAsync(HttpContext context, RequestDelegate next, bool isSignedIn)
    {
        if (!Framing.IsClear(context.Request))
        {
            await _refusals.AnswerAsync(context, RefusalReason.Framing, Destination.TryRead(context, out var named) ? named : null);
            return;
        }

        LiftSize(context);
        var headers = context.Request.Headers;
        HopByHop.Remove(headers, headers.Connection);

        // Of all these YARP replaces X-Forwarded-For, -Host, -Proto and -Prefix only.
        headers.Remove("Forwarded");
        headers.Remove("X-Real-IP");
        headers.Remove("Proxy-Authorization");
        await next(context);

        if (context.Features.Get<IForwarderErrorFeature>() is { } failure && !context.Response.HasStarted
            && !context.RequestAborted.IsCancellationRequested)
        {
            await AnswerFailureAsync(context, failure, isSignedIn);
        }
    }

    private async Task AnswerFailureAsync(HttpContext context, IForwarderErrorFeature failure, bool isSignedIn)
    {
        if (ForwardingFailure.Refused(failure) is { } reason)
        {
            context.Response.Clear();
            await _refusals.AnswerAsync(context, reason, Destination.TryRead(context, out var refused) ? refused : null);
            return;
        }

        if (ForwardingFailure.Answer(failure) is { } kind)
        {
            context.Response.Clear();
            _failures.Note(context, failure);
            if (!isSignedIn || kind == AnswerKind.NoDestination || !await _isolated.TryAnswerAsync(context))
            {
                await _replies.WriteAsync(context, kind);
            }
        }
    }

    /// <summary>The server's limit is made for sign-in forms; how much a client uploads elsewhere is between it and that server.</summary>
    private static void LiftSize(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }
    }

    /// <summary>
    /// A sensor that reports an octet now and then, or a download that its user has paused, is no attack of a client that has signed
    /// in: its connections are few and its silence ends at Gate:ActivityTimeout. For strangers in the walled garden the rates stay.
    /// </summary>
    private static void LiftRates(HttpContext context)
    {
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } upload)
        {
            upload.MinDataRate = null;
        }

        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } download)
        {
            download.MinDataRate = null;
        }
    }
}
